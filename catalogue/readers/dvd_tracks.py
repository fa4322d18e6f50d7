"""Sound tracks and subtitles of a DVD Profiler profile."""

import re

from .countries import likely_language
from .elements import text_of
from .languages import language_named
from .rows import filled

KINDS = {
    "commentary": "commentary", "music only": "music", "isolated score": "music",
    "audio descriptive": "audio description", "audio description": "audio description",
    "descriptive audio": "audio description",
}  # fmt: skip
UNSAID = {"", "other", "unspecified", "unknown", "no info"}
CHANNELS = re.compile(r" (\d\.\d|Mono|(?:2-Channel )?Stereo|Surround(?: EX)?)$")
HARD_OF_HEARING = re.compile(r"\bcc\b|\bsdh\b|hearing|caption", re.IGNORECASE)


def audio(profile, countries):
    """The tracks in order; a dub is in another language than the likely original, or else the first."""
    tracks = [_track(element) for element in profile.iterfind("Audio/AudioTrack")]
    spoken = [track for track in tracks if not track["kind"]]
    original = _original_language(spoken, countries)
    for track in spoken:
        track["kind"] = "original" if track.get("language") == original else "dub"
    return [filled(**track) for track in tracks]


def _original_language(spoken, countries):
    likely = likely_language(countries[0]) if countries else None
    return likely or next((track["language"] for track in spoken), None)


def _track(element):
    content = text_of(element, "AudioContent")
    codec, channels = _sound(text_of(element, "AudioFormat"), text_of(element, "AudioChannels"))
    kind, language = KINDS.get(content.lower()), language_named(content)
    note = "" if kind or language or content.lower() in UNSAID else content
    return {"language": language, "codec": codec, "channels": channels, "kind": kind, "note": note}


def _sound(codec, channels):
    """Codec and channels; older exports print both in one ("Dolby Digital 5.1")."""
    if not channels and (found := CHANNELS.search(codec)):
        codec, channels = codec[: found.start()], found[1]
    return _said(codec)[:60], _said(channels)[:30]


def _said(text):
    return "" if text.lower() in UNSAID else text


def subtitles(names):
    """A list of languages; what is not a language (a commentary in writing) is left out."""
    found = [
        filled(language=language_named(name), hard_of_hearing=bool(HARD_OF_HEARING.search(name))) for name in names
    ]
    return [subtitle for subtitle in found if "language" in subtitle]
