"""Made-up releases and what is on their discs."""

from datetime import timedelta
from decimal import Decimal

from catalogue.models import AspectRatio, AudioTrack, Disc, Release, SubtitleTrack

COLUMNS = {
    Release: [
        "id",
        "title",
        "slug",
        "medium",
        "edition",
        "released_on",
        "distributor",
        "regions",
        "colour",
        "video_standard",
        "position",
    ],
    Disc: ["id", "release", "number", "label"],
    AspectRatio: ["release", "position", "printed", "ratio"],
    AudioTrack: ["release", "position", "language", "codec", "channels", "kind"],
    SubtitleTrack: ["release", "position", "language", "hard_of_hearing"],
}
SHELVES = {  # media of a title's releases, and how often
    ("dvd",): 46, ("blu-ray",): 18, ("dvd", "blu-ray"): 20, ("blu-ray", "4k"): 4, ("dvd", "blu-ray", "4k"): 3,
    ("dvd", "dvd"): 5, ("dvd", "dvd", "blu-ray"): 4,
}  # fmt: skip
SINCE = {"dvd": 1998, "blu-ray": 2007, "4k": 2016}
REGIONS = {"dvd": [["2"], ["2"], ["0"], ["2", "4"], ["1"]], "blu-ray": [["B"], ["B"], ["A", "B", "C"]], "4k": [[]]}
CODECS = {
    "dvd": [("Dolby Digital", "2.0"), ("Dolby Digital", "5.1"), ("Dolby Digital", "1.0"), ("DTS", "5.1")],
    "blu-ray": [("DTS-HD Master Audio", "5.1"), ("LPCM", "2.0"), ("LPCM", "1.0"), ("Dolby TrueHD", "7.1")],
    "4k": [("Dolby Atmos", "7.1"), ("DTS-HD Master Audio", "5.1")],
}
RATIOS = [
    ("Full Screen 1.33:1 / 4:3", "1.33"),
    ("Academy 1.37:1", "1.37"),
    ("Widescreen 1.66:1 / 16:9", "1.66"),
    ("Widescreen 1.78:1 / 16:9", "1.78"),
    ("Widescreen 1.85:1 / 16:9", "1.85"),
    ("Scope 2.35:1 / 16:9", "2.35"),
    ("Widescreen 2.39:1 / 16:9", "2.39"),
]
EDITIONS = ["", "", "", "", "Collector's edition", "Restored", "Anniversary edition", "Director's cut"]
SUBTITLES = {
    "en": 60,
    "fr": 25,
    "de": 22,
    "es": 18,
    "it": 14,
    "nl": 8,
    "sv": 6,
    "da": 5,
    "no": 4,
    "pl": 4,
    "ar": 2,
    "ja": 2,
}


class Editions:
    """Makes releases of titles and adds their rows to `rows`: {model: tuples in the order of COLUMNS}."""

    def __init__(self, chance, day, titles, words):
        self.chance, self.day, self.titles, self.words = chance, day, titles, words
        self.shelf, self.subtitle = chance.weighted(SHELVES), chance.weighted(SUBTITLES)
        self.release, self.disc = 0, 0

    def make(self, film, rows):
        """The well known are released more often than the others: three in five of all."""
        if self.chance.random() < 1 - 0.8 * film.rank / self.titles:
            seen = {}
            for place, medium in enumerate(self.shelf(), 1):
                seen[medium] = seen.get(medium, 0) + 1
                slug = medium if seen[medium] == 1 else f"{medium}-{seen[medium]}"
                self._add_release(film, place, medium, slug, rows)

    def _add_release(self, film, place, medium, slug, rows):
        self.release += 1
        rows[Release].append(self._row(film, place, medium, slug, day := self._released(film, medium)))
        rows[AspectRatio].append((self.release, 1, *self._ratio(film)))
        self._add_discs(film, day, rows[Disc])
        self._add_sound(film, medium, rows[AudioTrack])
        self._add_subtitles(film, rows[SubtitleTrack])

    def _row(self, film, place, medium, slug, day):
        return (
            self.release,
            film.id,
            slug,
            medium,
            self.chance.pick(EDITIONS),
            day,
            self.words.company() if self.chance.happens(0.8) else None,
            self.chance.pick(REGIONS[medium]),
            self._colour(film),
            ("PAL" if self.chance.happens(0.8) else "NTSC") if medium == "dvd" else "",
            place,
        )

    def _released(self, film, medium):
        """Some are not out yet, of some only the year is known."""
        since = max(SINCE[medium], film.year or 0)
        if self.chance.happens(0.01):
            return (self.day + timedelta(days=1 + int(self.chance.random() * 120))).isoformat()
        year = since + int(self.chance.random() * (self.day.year - since + 1))
        if self.chance.happens(0.1):
            return str(year)
        return min(
            f"{year}-{1 + int(self.chance.random() * 12):02}-{1 + int(self.chance.random() * 28):02}", f"{self.day}"
        )

    def _colour(self, film):
        before = 0.95 if (film.year or 2000) < 1950 else 0.4 if (film.year or 2000) < 1967 else 0.04
        if self.chance.happens(before):
            return "black and white"
        return "both" if self.chance.happens(0.02) else "colour"

    def _ratio(self, film):
        printed, ratio = (
            RATIOS[int(self.chance.random() * 2)] if (film.year or 2000) < 1953 else self.chance.pick(RATIOS)
        )
        return printed, Decimal(ratio)

    def _add_discs(self, film, day, rows):
        count = 2 + int(self.chance.random() * 5) if film.series else 2 if self.chance.happens(0.07) else 1
        for number in range(1, count + 1):
            self.disc += 1
            film.discs += [(self.disc, day)] if day <= f"{self.day}" else []
            label = f"Episodes {4 * number - 3}–{4 * number}" if film.series else ""
            rows.append((self.disc, self.release, number, label))

    def _add_sound(self, film, medium, rows):
        tracks = [(film.language, *self.chance.pick(CODECS[medium]), "original")]
        if film.language != "en" and self.chance.happens(0.2):
            tracks.append(("en", *self.chance.pick(CODECS[medium]), "dub"))
        if self.chance.happens(0.15):
            tracks.append(("en", "Dolby Digital", "2.0", "audio description"))
        if self.chance.happens(0.12):
            tracks.append(("en", "Dolby Digital", "2.0", "commentary"))
        rows += ((self.release, place, *track) for place, track in enumerate(tracks, 1))

    def _add_subtitles(self, film, rows):
        said = {(self.subtitle(), False) for _ in range(int(self.chance.random() * 4))}
        if film.language != "en":
            said.add(("en", False))
        if self.chance.happens(0.4):
            said.add(("en", True))
        rows += ((self.release, place, *track) for place, track in enumerate(sorted(said), 1))
