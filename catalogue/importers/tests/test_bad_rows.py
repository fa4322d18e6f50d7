"""A bad row stays out with a reason; the rest of its file goes in."""

import csv
import json

import pytest

from catalogue.importers.tests.conftest import exported, row_counts, undone
from catalogue.importers.tests.samples import EVERY_KEY, EVERY_KIND, person, title, us_film
from catalogue.models import Certificate, Genre, Person, Title

pytestmark = pytest.mark.django_db


def release(**keys):
    return {"releases": [{"slug": "dvd", "medium": "dvd", **keys}]}


def review(**keys):
    return {"reviews": [{"member": "kit", "headline": "H", "body": "B", "written_on": "2024-01-01", **keys}]}


# What is wrong with a title → words of the sentence.
BAD = {
    "schema": ({"year": 1492}, "year must be bigger than or equal to 1870"),
    "unknown key": ({"genre": "Drama"}, "genre"),
    "unknown language": ({"languages": ["xq"]}, "There is no language with the code 'xq'."),
    "unknown language of a track": (release(subtitles=[{"language": "xq"}]), "no language with the code 'xq'"),
    "unknown country": ({"countries": ["XQ"]}, "There is no country with the code 'XQ'."),
    "unknown territory": ({"events": [{"kind": "premiere", "date": "1950", "territory": "XQ"}]}, "no country"),
    "duplicate genre": ({"genres": ["Drama", "drama"]}, "This genre is named twice."),
    "duplicate country": ({"countries": ["SU", "SU"]}, "countries"),
    "duplicate name": ({"names": [{"name": "Essai"}, {"name": "Essai"}]}, "This title has that name already."),
    "duplicate award": ({"awards": [{"year": 1950, "body": "A", "prize": "P"}] * 2}, "This award is there already."),
    "duplicate event": ({"events": [{"kind": "premiere", "date": "1950"}] * 2}, "This event is there already."),
    "duplicate takings": ({"box_office": [{"currency": "USD", "amount": 1}] * 2}, "This territory is there already."),
    "duplicate release": ({"releases": [{"slug": "dvd", "medium": "dvd"}] * 2}, "dvd"),
    "duplicate disc": (
        release(discs=[{"number": 1}, {"number": 1}]),
        "This release has a disc of that number already.",
    ),
    "duplicate identifier": ({"identifiers": [{"scheme": "imdb", "value": "tt1"}] * 2}, "this identifier already"),
    "DVD of region A": (release(regions=["A"]), "A DVD has regions 0 to 8, a Blu-ray A, B or C, a 4K disc none."),
    "30 February": (release(released_on="2021-02-30"), "Write the date released on as 1957, 1957-10 or 1957-10-12."),
    "31 February of an event": ({"events": [{"kind": "premiere", "date": "2021-02-31"}]}, "1957-10-12"),
    "31 February of an offer": (
        {"offers": [{"provider": "P", "kind": "buy", "url": "https://p.example/", "checked_on": "2021-02-31"}]},
        "2021-02-31",
    ),
    "31 February of a rating": ({"ratings": [["kit", 5, "2021-02-31"]]}, "2021-02-31"),
    "31 February of a review": (review(written_on="2021-02-31"), "2021-02-31"),
    "year 0 of a rating": ({"ratings": [["kit", 5, "0000-01-01"]]}, "0000-01-01"),
    "a member who rates twice": ({"ratings": [["kit", 5, "2021-02-01"], ["kit", 6, "2021-02-01"]]}, "rated"),
    "a member who reviews twice": ({"reviews": review()["reviews"] * 2}, "reviewed"),
    "a member who votes twice": (review(votes=[["sam", True], ["sam", False]]), "voted"),
    "a vote on one's own review": (review(votes=[["kit", True]]), "Nobody votes on their own review."),
    "edited before written": (review(edited_on="2023-12-31"), "A review is not edited before it is written."),
    "critic twice": ({"critic_reviews": EVERY_KEY["critic_reviews"] * 2}, "This critic's review is there already."),
    "source twice": ({"outside_scores": EVERY_KEY["outside_scores"] * 2}, "This source's score is there already."),
    "character of a director": (
        {"credits": [{"role": "director", "name": "Ann Bee", "character": "Cook"}]},
        "Only an actor plays a character.",
    ),
    "too wide": (release(aspect_ratios=[{"printed": "9.99:1", "ratio": "9.99"}]), "between 0.5 and 5 times"),
    "long scheme": ({"identifiers": [{"scheme": "x" * 60, "value": "1"}]}, "too long"),
    "NUL": ({"lead": "a\0b"}, "NUL"),
    "half a character": ({"lead": "\ud800"}, "surrogate"),
}


def bad_file(tmp_path, keys):
    """A good title, one with `keys`, and a good one that shares a new certificate and a new genre with it."""
    shared = {
        "certificate": {"system": "FSK", "value": "16"},
        "genres": ["New"],
        "credits": [{"role": "editor", "name": "E"}],
    }
    records = [title("one", "One"), title("bad", "Bad") | shared | keys, title("two", "Two", **shared)]
    path = tmp_path / "bad.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))  # \0 and \ud800 as escapes
    return path


@pytest.mark.parametrize("keys, words", BAD.values(), ids=BAD)
def test_a_bad_row_stays_out_and_the_rest_goes_in(tmp_path, import_titles, keys, words):
    path = bad_file(tmp_path, keys)
    ran = import_titles(path)
    assert ran.code == 0
    assert ran.counts == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 1}
    [line] = [line for line in ran.err.splitlines() if "rejected" in line]
    assert line.startswith(f"{path}, row 2: rejected: ") and words in line
    assert "bad" not in exported()


@pytest.mark.parametrize("keys", [keys for keys, _ in BAD.values()], ids=BAD)
def test_nothing_of_a_bad_row_stays(tmp_path, import_titles, keys):
    good = [title("one", "One"), title("two", "Two", certificate={"system": "FSK", "value": "16"}, genres=["New"])]
    good[1]["credits"] = [{"role": "editor", "name": "E"}]
    with undone():
        import_titles(bad_file(tmp_path, keys))
        with_bad = row_counts()
    path = tmp_path / "good.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in good))
    import_titles(path)
    assert with_bad == row_counts()


def test_a_key_that_stands_twice_in_an_object_is_refused(take_bytes):
    report = take_bytes(
        b'{"record":"title","slug":"a","slug":"b","name":"A"}\n{"record":"title","slug":"c","name":"C"}'
    )
    assert report.notes[0].reason == 'The key "slug" stands twice in one object; keep the one that is meant.'
    assert Title.objects.get().slug == "c"


@pytest.mark.parametrize(
    "record, words",
    [
        (person(born_on="1950", died_on="1940"), "Nobody dies before being born"),
        (person(aliases=[{"name": "Anna"}, {"name": "Anna"}]), "This person has that name already."),
        (person(aliases=[{"name": "Anna", "language": "xq"}]), "There is no language with the code 'xq'."),
        (person(identifiers=[{"scheme": "x" * 60, "value": "1"}]), "too long"),
        (EVERY_KIND[0] | {"slug": "other", "position": 7}, "Two plans cannot have the same place."),
        ({"record": "film", "slug": "b", "name": "A"}, '"record" must be one of'),
    ],
)
def test_a_bad_record_that_is_no_title_stays_out(take, record, words):
    plan = EVERY_KIND[0] | {"position": 7}
    report = take(plan, record, person("cy-dee", "Cy Dee"), title())
    assert (report.created, report.rejected) == (3, 1)
    assert report.notes[0].row == 2 and words in report.notes[0].reason
    assert Person.objects.get().slug == "cy-dee"


def test_a_certificate_and_a_genre_of_a_refused_batch_are_made_anew(take):
    shared = {"certificate": {"system": "FSK", "value": "16"}, "genres": ["New"]}
    report = take(title("one", "One", **shared), title("bad", "Bad", languages=["xq"]), title("two", "Two", **shared))
    assert (report.created, report.rejected) == (2, 1)
    assert Certificate.objects.get().value == "16" and Genre.objects.get().name == "New"


def test_a_bad_row_late_in_a_long_file(take):
    rows = [title(f"film-{number}", f"Film {number}") for number in range(2100)]
    rows[1500] = rows[1500] | {"genres": ["Drama", "drama"]}
    report = take(*rows)
    assert (report.created, [note.row for note in report.notes]) == (2099, [1501])


# ------------------------------------------------------------------ what the command says
def test_the_last_line_is_json_with_the_counts(write, import_titles):
    ran = import_titles(write(title(), title("x", "X", languages=["xq"])))
    said = json.loads(ran.out.splitlines()[-1])
    assert list(said) == ["created", "updated", "unchanged", "rejected", "seconds"]
    assert isinstance(said["seconds"], float)


def test_rejects_are_listed_as_csv(tmp_path, write, import_titles):
    path = write(title(), title("x", "X", languages=["xq"]))
    ran = import_titles(path, "--rejects", tmp_path / "rejects.csv")
    with open(tmp_path / "rejects.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["file", "row", "what", "reason"],
        [str(path), "2", "rejected", "There is no language with the code 'xq'."],
    ]
    assert "xq" not in ran.err and ran.code == 0


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_runs_nothing_of_the_rejects(tmp_path, write, import_titles, monkeypatch, sign):
    monkeypatch.chdir(tmp_path)
    write(title("x", "X", languages=["xq"]), name=f"{sign}1+1.jsonl")
    import_titles("--rejects", "rejects.csv", "--", f"{sign}1+1.jsonl")
    with open("rejects.csv", newline="", encoding="utf-8") as file:
        assert next(cells for cells in csv.reader(file) if "1+1" in cells[0])[0] == f"'{sign}1+1.jsonl"


def test_a_reason_made_of_the_file_s_words_is_harmless_too(tmp_path, write, import_titles):
    path = write(title("x", "X", **{"=1+1": 1}))
    import_titles(path, "--rejects", tmp_path / "rejects.csv")
    cells = [cell for row in csv.reader((tmp_path / "rejects.csv").open(newline="")) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_only_the_first_rejects_are_printed(write, import_titles):
    ran = import_titles(write(*[title(f"x-{n}", "X", year=1) for n in range(25)]))
    assert ran.err.count("rejected") == 20 and "and 5 more; --rejects FILE lists all" in ran.err


def test_films_kept_apart_are_listed_but_not_counted_as_rejected(tmp_path, write, import_titles):
    import_titles(write(title("a", "Twin", year=1949), title("b", "Twin", year=1951)))
    (tmp_path / "us.json").write_text(json.dumps([us_film("Twin", 1950)]))
    ran = import_titles(tmp_path / "us.json")
    assert ran.counts["rejected"] == 0 and "row 1: kept apart: Twin is now twin-1950" in ran.err
