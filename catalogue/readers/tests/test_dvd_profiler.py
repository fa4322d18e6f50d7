import json
from xml.etree import ElementTree

import pytest

from catalogue.readers import dvd_profiler
from catalogue.readers.xml_profiles import profiles

from .profiles import CANARY, PRIVATE, elements, export, profile


@pytest.fixture
def titles(sample):
    """Reads an export of the given profiles and returns its titles."""

    def read(*profiles, **options):
        rows = list(dvd_profiler.read(sample(export(*profiles, **options))))
        assert not [row.problem for row in rows if row.problem]
        return [row.record for row in rows if row.record and row.record["record"] == "title"]

    return read


@pytest.fixture
def release(titles):
    return lambda *args, **options: titles(profile(*args, **options))[0]["releases"][0]


@pytest.fixture
def credits(titles):
    def read(actors=(), crew=()):
        inside = f"<Actors>{elements('Actor', actors)}</Actors><Credits>{elements('Credit', crew)}</Credits>"
        return titles(profile(inside=inside))[0].get("credits", [])

    return read


def test_a_profile_is_a_title_with_one_release(titles):
    [title] = titles(
        profile(
            "Café Noir",
            "5012345678900.4",
            OriginalTitle="Black Coffee",
            ProductionYear="1947",
            RunningTime="91",
            CountryOfOrigin="United Kingdom",
            CountryOfOrigin2="Atlantis",
            UPC="5-012345-678900",
            RatingSystem="BBFC",
            Rating="PG",
            DistTrait="Collector's Edition",
            Released="2003-05-12",
            inside="<Genres><Genre>Science-Fiction</Genre><Genre>Cult</Genre></Genres>"
            "<Studios><Studio>Lime Grove</Studio></Studios>"
            "<MediaCompanies><MediaCompany>Discs Ltd</MediaCompany>"
            "<MediaCompany>Other</MediaCompany></MediaCompanies>",
        )
    )
    assert title == {
        "record": "title",
        "slug": "cafe-noir-1947",
        "name": "Café Noir",
        "kind": "film",
        "year": 1947,
        "runtime_minutes": 91,
        "countries": ["GB"],
        "genres": ["Sci-fi", "Cult"],
        "names": [{"name": "Black Coffee", "script": "Latn", "kind": "original"}],
        "companies": [{"role": "production", "name": "Lime Grove"}],
        "releases": [
            {
                "slug": "dvd",
                "medium": "dvd",
                "edition": "Collector's Edition",
                "released_on": "2003-05-12",
                "runtime_minutes": 91,
                "distributor": "Discs Ltd",
                "certificate": {"system": "BBFC", "value": "PG"},
                "identifiers": [
                    {"scheme": "ean", "value": "5012345678900"},
                    {"scheme": "dvd-profiler", "value": "5012345678900.4"},
                ],
                "discs": [{"number": 1}],
            }
        ],
    }


def test_what_is_unknown_is_left_out(titles):
    [title] = titles(profile(ProductionYear="0", RunningTime="0", Rating="NR", RatingSystem="Film", OriginalTitle=""))
    assert set(title) == {"record", "slug", "name", "kind", "releases"}
    assert title["slug"] == "the-test"


def test_the_date_that_means_none_is_left_out(release):
    assert "released_on" not in release(Released="1899-12-30")
    assert "released_on" not in release(Released="2001-02-30")


def test_nothing_that_is_the_owner_s_own_is_read(sample):
    private = f"{PRIVATE}<Discs><Disc><Location>{CANARY}</Location><Slot>{CANARY}</Slot></Disc></Discs>"
    rows = list(dvd_profiler.read(sample(export(profile(inside=private), profile("Two", "2", inside=PRIVATE)))))
    assert [row.record["name"] for row in rows] == ["The Test", "Two"]
    assert CANARY not in json.dumps(rows)


def test_what_is_not_asked_for_is_not_even_kept(sample):
    [kept] = profiles(sample(export(profile(inside=PRIVATE))), dvd_profiler.READ)
    assert CANARY not in ElementTree.tostring(kept, encoding="unicode")


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-8", "utf-16", "iso-8859-1"])
def test_the_declared_encoding_is_used(titles, encoding):
    assert titles(profile("Fröken Ö"), encoding=encoding)[0]["name"] == "Fröken Ö"


def test_the_overview_is_plain_paragraphs(titles):
    overview = "He <b>ran</b>.\r\n\r\n\r\n\r\nShe &amp; <i>they</i>\tdid not.<br>The end. 3 < 4 &#99999999999;"
    assert titles(profile(Overview=overview))[0]["synopsis"] == "He ran.\n\nShe & they did not.\nThe end. 3 < 4"


@pytest.mark.parametrize(
    "media, medium, regions",
    [("DVD", "dvd", ["0", "2"]), ("BluRay", "blu-ray", ["A"]), ("UltraHD", "4k", None)],
)
def test_regions_are_those_of_the_medium(release, media, medium, regions):
    listed = "".join(f"<Region>{region}</Region>" for region in ["0", "2", "A", "@", "2", ""])
    found = release(media=media, inside=f"<Regions>{listed}</Regions>")
    assert (found["slug"], found["medium"], found.get("regions")) == (medium, medium, regions)


@pytest.mark.parametrize("media, named", [("HDDVD", "HD DVD"), ("Laserdisc", "no medium")])
def test_other_media_are_rejected(sample, media, named):
    [row] = dvd_profiler.read(sample(export(profile(media=media))))
    assert row.record is None and named in row.problem


@pytest.mark.parametrize(
    "flags, ratio, printed",
    [
        ("LetterBox 16X9", "2.35", [("Widescreen 2.35:1 / 16:9 anamorphic", "2.35")]),
        ("LetterBox", "1.85", [("Widescreen 1.85:1", "1.85")]),
        ("FullFrame", "1.33", [("Full frame 1.33:1 / 4:3", "1.33")]),
        ("FullFrame", "", [("Full frame", None)]),
        (
            "LetterBox 16X9 PanAndScan",
            "2.4",
            [("Widescreen 2.40:1 / 16:9 anamorphic", "2.40"), ("Pan & scan", None)],
        ),
        ("LetterBox FullFrame", "1.66", [("Widescreen 1.66:1", "1.66"), ("Full frame", None)]),
        ("", "1.78", [("1.78:1", "1.78")]),
        ("", "", []),
    ],
)
def test_aspect_ratios_are_printed_as_the_flags_say(release, flags, ratio, printed):
    inside = "".join(f"<Format{flag}>True</Format{flag}>" for flag in flags.split())
    found = release(inside=f"<Format><FormatAspectRatio>{ratio}</FormatAspectRatio>{inside}</Format>")
    assert [(shape["printed"], shape.get("ratio")) for shape in found.get("aspect_ratios", [])] == printed


@pytest.mark.parametrize(
    "form, colour",
    [
        ("<ColorFormat><ClrColor>True</ClrColor><ClrMixed>False</ClrMixed></ColorFormat>", "colour"),
        ("<ColorFormat><ClrBlackAndWhite>true</ClrBlackAndWhite></ColorFormat>", "black and white"),
        ("<ClrColor>True</ClrColor><ClrBlackAndWhite>True</ClrBlackAndWhite>", "both"),
        ("<FormatColor>Black &amp; White</FormatColor>", "black and white"),
        ("<FormatColor>Mixed</FormatColor>", "both"),
        ("<FormatVideoStandard>PAL</FormatVideoStandard>", None),
    ],
)
def test_colour_is_read_from_old_and_new_exports(release, form, colour):
    assert release(inside=f"<Format>{form}</Format>").get("colour") == colour


def tracks(*contents):
    return "".join(
        f"<AudioTrack><AudioContent>{content}</AudioContent><AudioFormat>{sound}</AudioFormat></AudioTrack>"
        for content, sound in contents
    )


def kinds(release):
    return [(track.get("language"), track["kind"]) for track in release["audio"]]


def test_sound_tracks_have_codec_channels_and_kind(release):
    listed = tracks(
        ("English", "Dolby Digital 5.1"),
        ("Commentary", "Dolby Digital Surround EX"),
        ("Music Only", "Other"),
        ("Trivia", "DTS-HD Master Audio"),
    )
    assert release(inside=f"<Audio>{listed}</Audio>")["audio"] == [
        {"language": "en", "codec": "Dolby Digital", "channels": "5.1", "kind": "original"},
        {"codec": "Dolby Digital", "channels": "Surround EX", "kind": "commentary"},
        {"kind": "music"},
        {"codec": "DTS-HD Master Audio", "kind": "dub", "note": "Trivia"},
    ]


def test_newer_exports_name_the_channels_apart(release):
    track = "<AudioTrack><AudioContent>French</AudioContent><AudioFormat>DTS</AudioFormat>"
    found = release(inside=f"<Audio>{track}<AudioChannels>7.1</AudioChannels></AudioTrack></Audio>")
    assert found["audio"] == [{"language": "fr", "codec": "DTS", "channels": "7.1", "kind": "original"}]


def test_the_country_tells_the_original_from_the_dub(release):
    listed = f"<Audio>{tracks(('English', 'Mono'), ('Japanese', 'Mono'), ('Japanese', 'DTS 5.1'))}</Audio>"
    assert kinds(release(CountryOfOrigin="Japan", inside=listed)) == [
        ("en", "dub"),
        ("ja", "original"),
        ("ja", "original"),
    ]
    assert kinds(release(inside=listed)) == [("en", "original"), ("ja", "dub"), ("ja", "dub")]


def test_subtitles_say_who_they_are_for(release):
    names = [
        "English (CC)",
        "French",
        "Chinese (Traditional)",
        "Commentary",
        "Danish for the hearing impaired",
    ]
    listed = "".join(f"<Subtitle>{name}</Subtitle>" for name in names)
    assert release(inside=f"<Subtitles>{listed}</Subtitles>")["subtitles"] == [
        {"language": "en", "hard_of_hearing": True},
        {"language": "fr"},
        {"language": "zh"},
        {"language": "da", "hard_of_hearing": True},
    ]


def test_discs_are_numbered_and_labelled_by_side(release):
    sides = [("Film", ""), ("Wide", "Full"), ("", "")]
    listed = "".join(
        f"<Disc><DescriptionSideA>{a}</DescriptionSideA><DescriptionSideB>{b}</DescriptionSideB></Disc>"
        for a, b in sides
    )
    assert release(inside=f"<Discs>{listed}</Discs>")["discs"] == [
        {"number": 1, "label": "Film"},
        {"number": 2, "label": "Wide; Side B: Full"},
        {"number": 3},
    ]


def test_flags_are_extras_with_names(release):
    flags = "<FeatureTrailer>True</FeatureTrailer><FeatureCommentary>True</FeatureCommentary>"
    flags += "<FeatureSceneAccess>True</FeatureSceneAccess><FeatureGame>False</FeatureGame>"
    assert release(inside=f"<Features>{flags}<OtherFeatures>A map</OtherFeatures></Features>")["extras"] == [
        {"name": "Audio commentary", "kind": "commentary"},
        {"name": "Trailer", "kind": "trailer"},
        {"name": "A map", "kind": "other"},
    ]


def test_actors_have_their_parts(credits):
    anna = {"FirstName": "Anna", "LastName": "Bell"}
    assert credits(
        [
            anna | {"Role": "DON'T ASK O'HARA", "Voice": "True"},
            anna | {"Role": "DON'T ASK O'HARA", "Voice": "True"},
            anna | {"Role": "FBI"},
            anna | {"Role": "Cook (uncredited)"},
            {"FirstName": "Bo", "MiddleName": "C.", "LastName": "", "Role": "HIMSELF", "Uncredited": "True"},
            {"FirstName": "", "LastName": "", "Role": "Nobody"},
        ]
    ) == [
        {"role": "actor", "name": "Anna Bell", "character": "Don't Ask O'Hara", "voice": True},
        {"role": "actor", "name": "Anna Bell", "character": "FBI"},
        {"role": "actor", "name": "Anna Bell", "character": "Cook", "uncredited": True},
        {"role": "self", "name": "Bo C.", "uncredited": True},
    ]


def test_crew_have_our_roles_and_what_narrows_them(credits):
    kinds = ["Director", "Screenwriter", "Screenwriter", "Sound Editor", "Original Material By", "Gaffer"]
    found = credits(crew=[{"FirstName": "Di", "LastName": "Rector", "CreditSubtype": kind} for kind in kinds])
    assert [(credit["role"], credit.get("detail")) for credit in found] == [
        ("director", None),
        ("writer", "screenplay"),
        ("sound", "sound editor"),
        ("original author", None),
        ("other", "Gaffer"),
    ]


def test_who_is_credited_otherwise_comes_first_as_a_person(sample):
    actors = [
        {"FirstName": "Jane", "LastName": "Roe", "CreditedAs": "J. R."},
        {"FirstName": "Jim", "LastName": "Roe", "CreditedAs": "J. R."},
        {"FirstName": "Sam", "LastName": "Poe", "CreditedAs": "Sam Poe"},
    ]
    path = sample(export(profile(inside=f"<Actors><Divider/>{elements('Actor', actors)}</Actors>")))
    *people, title = dvd_profiler.read(path)
    assert [row.record for row in people] == [
        {"record": "person", "slug": "jane-roe", "name": "Jane Roe"},
        {"record": "person", "slug": "jim-roe", "name": "Jim Roe"},
    ]
    assert title.record["credits"] == [
        {"role": "actor", "person": "jane-roe", "name": "J. R."},
        {"role": "actor", "person": "jim-roe", "name": "J. R."},
        {"role": "actor", "name": "Sam Poe"},
    ]
    assert {row.number for row in [*people, title]} == {1}


def box(title, id, *parts, **texts):
    contents = "".join(f"<Content>{part}</Content>" for part in parts)
    return profile(title, id, inside=f"<BoxSet><Parent/><Contents>{contents}</Contents></BoxSet>", **texts)


def part(title, id, parent=""):
    return profile(title, id, inside=f"<BoxSet><Parent>{parent}</Parent><Contents/></BoxSet>")


def test_a_box_is_passed_over_and_its_parts_name_it(sample):
    path = sample(export(part("One", "1", "9"), box("The Box", "9", "1", "2", "3"), part("Two", "2")))
    first, skipped, second = dvd_profiler.read(path)
    assert (skipped.record, skipped.problem) == (None, None)
    assert [row.record["releases"][0]["box_set"] for row in (first, second)] == ["The Box", "The Box"]


def test_a_box_whose_parts_are_elsewhere_is_a_title(titles):
    [title] = titles(box("The Box", "9", "1", "2", RunningTime="300"))
    assert "runtime_minutes" not in title and title["releases"][0]["runtime_minutes"] == 300


def test_a_part_whose_box_is_elsewhere_names_none(titles):
    assert "box_set" not in titles(part("One", "1", "9"))[0]["releases"][0]


def test_a_profile_without_a_title_is_rejected_alone(sample):
    nameless, good = dvd_profiler.read(sample(export(profile(" ", "1"), profile("Two", "2"))))
    assert nameless.problem == "The profile has no title." and good.record["name"] == "Two"
