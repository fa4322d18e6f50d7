"""The release in a DVD Profiler profile: what is printed on the box and on the discs."""

import re
from datetime import date

from .dvd_features import extras
from .dvd_tracks import audio, subtitles
from .elements import is_true, number_in, text_of, texts_of
from .rows import Rejected, filled

READ_FOR_RELEASE = {
    "MediaTypes", "UPC", "DistTrait", "RunningTime", "RatingSystem", "Rating", "Regions", "Format",
    "Features", "MediaCompanies", "Audio", "Subtitles", "Released", "Discs",
}  # fmt: skip
MEDIA = {"UltraHD": "4k", "BluRay": "blu-ray", "DVD": "dvd"}  # the best that is in the box
REGIONS = {"dvd": "012345678", "blu-ray": "ABC", "4k": ""}
UNRATED = {"", "nr", "ur", "not rated", "unrated", "none"}
RATING_SYSTEMS = {"Film": "MPA"}  # what DVD Profiler calls the system of the United States
COLOURS = {
    "color": "colour", "clrcolor": "colour", "clrcolorized": "colour", "formatcolorcolor": "colour",
    "formatcolorcolorized": "colour", "colorized": "colour", "blackandwhite": "black and white",
    "clrblackandwhite": "black and white", "formatcolorblackandwhite": "black and white",
    "formatcolorbw": "black and white", "black & white": "black and white", "clrmixed": "both",
    "mixed": "both", "formatcolormixed": "both", "multiple": "both",
}  # fmt: skip
BARCODE_SCHEMES = {12: "upc", 13: "ean"}
MOST_DISCS = 200
FIRST_DAY = "1950-01-01"  # before it, 1899-12-30 above all, a date is a Delphi program's way to say none


def release(profile, countries, box):
    """The release; raises Rejected if it is on a medium that we do not lend."""
    medium = _medium(profile)
    return filled(
        slug=medium,
        medium=medium,
        edition=text_of(profile, "DistTrait"),
        released_on=_released_on(text_of(profile, "Released")),
        runtime_minutes=number_in(profile, "RunningTime"),
        distributor=text_of(profile, "MediaCompanies/MediaCompany"),
        certificate=_certificate(text_of(profile, "RatingSystem"), text_of(profile, "Rating")),
        regions=[region for region in texts_of(profile, "Regions/Region") if region in set(REGIONS[medium])],
        colour=_colour(profile),
        video_standard=_video_standard(text_of(profile, "Format/FormatVideoStandard")),
        box_set=box,
        identifiers=_identifiers(profile),
        aspect_ratios=_aspect_ratios(profile, medium),
        audio=audio(profile, countries),
        subtitles=subtitles(texts_of(profile, "Subtitles/Subtitle")),
        discs=_discs(profile),
        extras=extras(profile),
    )


def _medium(profile):
    flags = profile.find("MediaTypes")
    if flags is None:
        return "dvd"
    there = {flag.tag for flag in flags if is_true(flag)}
    for tag, medium in MEDIA.items():
        if tag in there:
            return medium
    raise Rejected(
        f"The profile is on {_other_medium(flags, there)}; only DVD, Blu-ray and 4K discs can be taken over."
    )


def _other_medium(flags, there):
    if "HDDVD" in there:
        return "HD DVD"
    return " ".join((flags.findtext("CustomMediaType") or "").split())[:60] or "no medium that it names"


def _released_on(text):
    try:
        return text if date.fromisoformat(text).isoformat() == text and text > FIRST_DAY else None
    except ValueError:
        return None


def _certificate(system, rating):
    if rating.lower() in UNRATED or not system or len(system) > 20 or len(rating) > 20:
        return None
    return {"system": RATING_SYSTEMS.get(system, system), "value": rating}


def _colour(profile):
    found = {COLOURS.get(name) for name in _colour_names(profile)} - {None}
    return "both" if len(found) > 1 else next(iter(found), None)


def _colour_names(profile):
    """Old exports say it in words, newer ones in flags."""
    for element in profile.iterfind("Format//*"):
        yield element.tag.lower() if is_true(element) else (element.text or "").strip().lower()


def _video_standard(text):
    return text if text in ("PAL", "NTSC") else None


def _identifiers(profile):
    barcode = text_of(profile, "UPC").replace("-", "").replace(" ", "")
    scheme = BARCODE_SCHEMES.get(len(barcode)) if barcode.isdecimal() and barcode.isascii() else None
    codes = {scheme: barcode, "dvd-profiler": text_of(profile, "ID")}
    return [{"scheme": scheme, "value": value} for scheme, value in codes.items() if scheme and value]


def _aspect_ratios(profile, medium):
    """One entry for each form of the picture; the ratio belongs to the widescreen one if there is one."""
    flags = {flag.tag for flag in profile.iterfind("Format/*") if is_true(flag)}
    ratio = _ratio(text_of(profile, "Format/FormatAspectRatio"))
    of_full_frame = None if "FormatLetterBox" in flags else ratio
    shapes = {
        "FormatLetterBox": _shape("Widescreen", ratio, _wide_note(flags, medium)),
        "FormatFullFrame": _shape("Full frame", of_full_frame, " / 4:3" if of_full_frame else ""),
        "FormatPanAndScan": {"printed": "Pan & scan"},
    }
    printed = [shape for flag, shape in shapes.items() if flag in flags]
    return printed or ([_shape("", ratio, "")] if ratio else [])


def _ratio(text):
    return f"{float(text):.2f}" if re.fullmatch(r"[1-9](?:\.\d{1,3})?", text, re.ASCII) else None


def _wide_note(flags, medium):
    if "Format16X9" not in flags:
        return ""
    return " / 16:9 anamorphic" if medium == "dvd" else " / 16:9"


def _shape(word, ratio, note):
    return filled(printed=f"{word} {ratio}:1{note}".strip() if ratio else word + note, ratio=ratio)


def _discs(profile):
    discs = profile.findall("Discs/Disc")[:MOST_DISCS]
    return [filled(number=number, label=_disc_label(disc)) for number, disc in enumerate(discs, 1)] or [{"number": 1}]


def _disc_label(disc):
    side_b = text_of(disc, "DescriptionSideB")
    return "; ".join(filter(None, [text_of(disc, "DescriptionSideA"), side_b and f"Side B: {side_b}"]))[:200]
