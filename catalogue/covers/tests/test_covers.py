import hashlib
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from PIL import ImageChops, ImageColor

from catalogue.covers import (
    MOTIFS,
    PALETTES,
    TINTS,
    choices,
    cover_tint,
    draw_cover,
    lettering,
    motifs,
    palettes,
)
from catalogue.covers.plan import make_plan
from catalogue.covers.shapes import HEIGHT, MARGIN, WIDTH, Disc

CRANES = ("The Cranes Are Flying", 1957, ["Soviet Union"], ["War", "Romance", "Drama"])
ROOT = Path(__file__).parents[3]

# name | year | countries | genres | palette | motif | face | count
PLANS = """
The Cranes Are Flying | 1957 | Soviet Union | War, Romance, Drama | soot-red | skein | clarendon | None
8½ | 1963 | Italy | Drama, Fantasy | cobalt | count | grotesk | 8.5
12 Angry Men | 1957 | United States | Drama | lemon-ink | count | grotesk | 12
2001: A Space Odyssey | 1968 | United Kingdom, United States | Sci-fi | bottle | orb | grotesk | None
Jeanne Dielman, 23, quai du Commerce, 1080 Bruxelles | 1975 | Belgium, France | Drama | peach-navy | count | clarendon | 23
Metropolis | 1927 | Germany | Sci-fi | coal-acid | city | condensed | None
M | 1931 | Germany | Crime, Thriller | pine-coral | city | condensed | None
Three Colours: Blue | 1993 | France, Poland | Drama | cobalt | count | wide | 3
The Red Shoes | 1948 | United Kingdom | Musical, Drama | vermilion | horizon | condensed | None
Persona | 1966 | Sweden | Drama, Mystery | slate-ice | eye | grotesk | None
La Haine | 1995 | France | Crime, Drama | ink-blush | cut | wide | None
Stalker | 1979 | Soviet Union | Sci-fi, Drama | petrol | strings | grotesk | None
Man with a Movie Camera | 1929 | Soviet Union | Documentary | paper-blue | beam | condensed | None
The Colour of Pomegranates | 1969 | Soviet Union | Biography, Drama | rose | petals | clarendon | None
Yi Yi | 2000 | Taiwan | Drama, Family | pistachio | halves | wide | None
Parasite | 2019 | South Korea | Thriller, Comedy | ink-blush | doors | clarendon | None
City of God | 2002 | Brazil | Crime, Drama | oxblood | city | grotesk | None
Memories of Murder | 2003 | South Korea | Crime, Thriller | oxblood | spiral | condensed | None
The Battle of Algiers | 1966 | Algeria, Italy | War | pine-coral | rays | grotesk | None
Where Is the Friend’s House? | 1987 | Iran | Drama, Family | powder | doors | grotesk | None
Close-Up | 1990 | Iran | Documentary, Drama | ochre | stairs | wide | None
The Zone of Interest | 2023 | United Kingdom, Poland | War, Drama | ink-blush | horizon | clarendon | None
If.... | 1968 | United Kingdom | Drama | paper-green | halves | clarendon | None
A Film Without a Date | None | | | mauve | beam | wide | None
Solaris (Солярис) | 1972 | Atlantis | Ballet | sage-plum | orb | clarendon | None
"""

ODD_NAMES = [
    "", "M", "J", "jj", "8½", "If....", "????", "$", "Éô Çgj, Ångström", "word " * 40, "a" * 200, "x " * 100,
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch", "Летят журавли", "東京物語", "\N{ZERO WIDTH SPACE}",
]  # fmt: skip


def pixels(*film, **options):
    return hashlib.sha256(draw_cover(*film, **options).tobytes()).hexdigest()


def colours(image):
    return {colour for _, colour in image.getcolors(maxcolors=image.width * image.height)}


def rows(text):
    return [[cell.strip() for cell in row.split("|")] for row in text.strip().splitlines()]


@pytest.mark.parametrize("row", rows(PLANS), ids=lambda row: row[0])
def test_a_record_settles_the_plan(row):
    name, year, countries, genres, *expected = row
    year = None if year == "None" else int(year)
    plan = make_plan(name, year, countries.split(", "), genres.split(", "))
    assert [plan.palette, plan.motif, plan.face, str(plan.count)] == expected


def test_a_film_gets_the_same_pixels_in_another_process():
    script = (
        "import hashlib; from catalogue.covers import draw_cover;"
        f"print(hashlib.sha256(draw_cover(*{CRANES!r}).tobytes()).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert pixels(*CRANES) == pixels(*CRANES) == other.stdout.strip()


def test_a_remake_gets_a_cover_of_its_own():
    assert pixels(*CRANES) != pixels(CRANES[0], 1958, *CRANES[2:])


def test_films_of_a_year_without_latin_letters_get_covers_of_their_own():
    names = ["Летят журавли", "Дом, в котором я живу", "東京暮色", "Το κορίτσι με τα μαύρα"]
    covers = [draw_cover(name, 1957, [], []) for name in names]
    assert all(one.tobytes() != other.tobytes() for one, other in combinations(covers, 2))


def test_a_cover_is_half_as_high_again_as_wide():
    assert [draw_cover(*CRANES).size, draw_cover(*CRANES, width=301).size] == [(640, 960), (301, 452)]
    assert draw_cover(*CRANES).mode == "RGB"


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_draws_art_in_at_least_two_inks(motif):
    ink = palettes.PALETTES["midnight"]
    image = draw_cover("", 1957, [], [], motif=motif, palette="midnight")
    drawn = colours(image)
    assert sum(ImageColor.getrgb(colour) in drawn for colour in ink[1:4]) >= 2
    ground = next(n for n, colour in image.getcolors(1 << 20) if colour == ImageColor.getrgb(ink.ground))
    assert 0.1 < ground / (640 * 960) < 0.95


def test_every_motif_draws_another_picture():
    assert len({pixels("", 1957, [], [], motif=motif, palette="midnight") for motif in MOTIFS}) == len(MOTIFS)


@pytest.mark.parametrize("count", [3, 5, 7, 8, 12, 24])
def test_a_number_in_the_name_is_what_the_cover_counts(count):
    plan = make_plan(f"{count} Films", 1957, [], [])
    shapes = motifs.MOTIFS[plan.motif].draw(plan.dice, palettes.PALETTES[plan.palette], plan.count)
    assert sum(isinstance(shape, Disc) for shape in shapes) == count


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_colours_ground_and_lettering_legibly(palette):
    ink = palettes.PALETTES[palette]
    image = draw_cover(*CRANES, palette=palette)
    assert image.getpixel((2, 957)) == ImageColor.getrgb(ink.ground)
    assert ImageColor.getrgb(ink.lettering) in colours(image.crop((0, 670, 640, 960)))
    assert palettes.contrast(ink.ground, ink.lettering) >= 4.5


def test_a_pinned_palette_or_motif_replaces_the_choice_of_the_rules():
    assert pixels(*CRANES, palette="soot-red", motif="skein") == pixels(*CRANES)
    assert len({pixels(*CRANES), pixels(*CRANES, palette="jade"), pixels(*CRANES, motif="orb")}) == 3


@pytest.mark.parametrize("pin", ["palette", "motif"])
def test_an_unknown_pin_is_refused_by_name(pin):
    with pytest.raises(ValueError, match=f"no {pin} 'beige'"):
        draw_cover(*CRANES, **{pin: "beige"})


def test_the_tint_follows_the_palette():
    assert cover_tint(*CRANES) == "red"
    assert cover_tint(*CRANES, palette="midnight") == "blue"
    assert cover_tint(*CRANES, palette="ice-black") == "slate"
    assert {cover_tint(*CRANES, palette=palette) for palette in PALETTES} == set(TINTS)


def test_a_tint_for_an_unknown_palette_is_refused():
    with pytest.raises(ValueError, match="no palette 'beige'"):
        cover_tint(*CRANES, palette="beige")


@pytest.mark.parametrize("on_top", [True, False], ids=["top", "bottom"])
@pytest.mark.parametrize("face", lettering.FACES)
@pytest.mark.parametrize("name", ODD_NAMES, ids=lambda name: name[:9])
def test_all_lettering_keeps_inside_the_margins(name, face, on_top):
    box = lettering.lay_out(name, face, on_top=on_top).box
    left, top, right, bottom = box or (MARGIN, MARGIN, MARGIN, MARGIN)
    slack = 0.001
    assert left >= MARGIN - slack and right <= WIDTH - MARGIN + slack
    assert top >= MARGIN - slack and bottom <= HEIGHT - MARGIN + slack


def test_the_box_of_the_lettering_is_where_its_pixels_are():
    film = ("", 1957, [], [])
    difference = ImageChops.difference(draw_cover(*film, motif="orb"), draw_cover(*film, motif="orb", short_name="Égg"))
    face = make_plan("", 1957, [], []).face
    box = [edge * 640 / WIDTH for edge in lettering.lay_out("Égg", face, on_top=True).box]
    assert difference.getbbox() == pytest.approx(box, abs=1.5)


@pytest.mark.parametrize("name", ODD_NAMES, ids=lambda name: name[:9])
def test_odd_names_are_drawn_without_year_countries_and_genres(name):
    assert len(colours(draw_cover(name, None, [], [], width=160))) > 2


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Žižkov v Łodzi", "Zizkov v Lodzi"),
        ("Mùi đu đủ xanh", "Mùi du du xanh"),
        ("E\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}", "Été"),
        ("Solaris (Солярис)", "Solaris"),
        ("Mamma – Roma", "Mamma – Roma"),
        ("Летят журавли", ""),
        ("8½", "8½"),
        ("If....", "If...."),
        ("Kauaʻi", "Kaua‘i"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsge sellschaft"),
    ],
)
def test_a_name_is_printed_in_letters_the_fonts_have(name, printed):
    assert " ".join(lettering.drawable_words(name)) == printed


def test_capitals_without_a_glyph_lose_their_accent_too():
    assert lettering.drawable_words("Aÿ straße", capitals_only=True) == ["AY", "STRASSE"]


def test_a_name_nobody_could_read_is_cut_off():
    *_, last = lettering.drawable_words("word " * 80)
    assert last == "word…"


def test_names_too_long_for_their_face_are_set_in_the_small_one():
    assert lettering.lay_out("word " * 40, "clarendon", on_top=True).face == lettering.SMALL
    assert lettering.lay_out("Ran", "clarendon", on_top=True).face == lettering.FACES["clarendon"]


@pytest.mark.parametrize("face", [*lettering.FACES.values(), lettering.SMALL], ids=lambda face: face.font)
def test_every_font_has_a_glyph_for_every_sign_we_print(face):
    font = lettering._load(face.font, 40)
    missing = bytes(font.getmask("\N{SNOWMAN}"))
    assert [sign for sign in sorted(lettering.COVERED) if bytes(font.getmask(sign)) == missing] == []


def test_a_short_name_is_printed_but_changes_neither_art_nor_plan():
    film = ("The Apartment", 1960, ["United States"], ["Comedy"])
    long, short = draw_cover(*film), draw_cover(*film, short_name="Apartment")
    assert long.tobytes() != short.tobytes()
    assert long.crop((0, 300, 640, 960)).tobytes() == short.crop((0, 300, 640, 960)).tobytes()


def test_unknown_countries_and_genres_count_for_nothing():
    assert pixels("Ran", 1985, ["Atlantis"], ["Ballet"]) == pixels("Ran", 1985, [], [])
    assert pixels("Ran", 1985, ["Atlantis", "Japan"], ["War"]) == pixels("Ran", 1985, ["Japan"], ["War"])


def test_the_tables_name_only_palettes_and_motifs_there_are():
    chosen = {name for moods in choices.REGION_PALETTES.values() for names in moods.values() for name in names}
    assert chosen | set(choices.PALETTE_OF_WORD.values()) <= set(PALETTES)
    allowed_motifs = {motif for allowed in choices.GENRE_MOTIFS.values() for motif in allowed}
    assert allowed_motifs | set(choices.MOTIF_OF_WORD.values()) <= set(MOTIFS)
    assert set(choices.REGION_OF_COUNTRY.values()) <= set(choices.REGION_PALETTES)
