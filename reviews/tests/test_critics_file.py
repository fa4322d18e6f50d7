"""Critics' reviews as CSV: what is taken over, what is refused and why, and that nothing else changes."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import TitleIdentifier
from catalogue.search.rebuild import rebuild_search
from reviews.criticfile.run import import_critics, look_at
from reviews.criticfile.writing import export_critics
from reviews.models import Critic, CriticReview, Publication, ScoreSummary
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
HEAD = "title,critic,publication,fresh"


@pytest.fixture
def cranes():
    return make.make_title(slug="the-cranes-are-flying-1957", name="The Cranes Are Flying", year=1957)


@pytest.fixture
def file(tmp_path):
    """file(text) is the path of a file of that text, or of those bytes."""

    def write(text):
        path = tmp_path / "critics.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def taken(path, **options):
    """(Report, [(line, why)])."""
    notes = []
    report = import_critics(path, today=TODAY, told=lambda note: notes.append((note.row, note.reason)), **options)
    return report, notes


def counts(report):
    return report.created, report.updated, report.unchanged, report.rejected


def exported():
    out = io.StringIO()
    export_critics(out)
    return out.getvalue()


def refusal(file, cells, head=HEAD):
    """Why the only row of a file stays out."""
    report, notes = taken(file(f"{head}\n{cells}\n"))
    assert counts(report) == (0, 0, 0, 1) and not CriticReview.objects.exists() and not Critic.objects.exists()
    return notes[0][1]


# ------------------------------------------------------------------ taken over
def test_a_row_becomes_a_review_with_its_critic_and_publication(cranes, file):
    head = f"{HEAD},score,quote,published_on,added_on,url,top critic"
    row = (
        'the-cranes-are-flying-1957,Dave Kehr,Reader,against,2/4,"Tepid, artsy",1985-10,2007-01-19,https://a.org/1,yes'
    )
    assert counts(taken(file(f"{head}\n{row}\n"))[0]) == (1, 0, 0, 0)
    review = CriticReview.objects.select_related("critic", "publication").get()
    assert (review.title, review.critic.slug, review.publication.slug) == (cranes, "dave-kehr", "reader")
    assert (review.fresh, review.score, review.quote) == (False, "2/4", "Tepid, artsy")
    assert (review.published_on, review.added_on.isoformat(), review.url) == (
        "1985-10",
        "2007-01-19",
        "https://a.org/1",
    )
    assert ScoreSummary.objects.get(title=cranes).top_critic_reviews == 1
    assert not ScoreSummary.objects.wrong()


def test_hard_texts_survive(cranes, file):
    critic = make.make_critic(slug="a", name="A “B”, C")
    for number, quote in enumerate(("=1+1", "'=x", "'tis", "two\nlines", "+1", '"quoted", and more', "-", "@you")):
        place = make.make_publication(slug=f"p-{number}", name="Same name", url="https://p.example/?a=1,2")
        make.make_critic_review(title=cranes, critic=critic, publication=place, quote=quote, score="=B+"[number % 3 :])
    text = exported()
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(text)) for cell in row)
    CriticReview.objects.all().delete()
    assert counts(taken(file(text))[0]) == (8, 0, 0, 0)
    assert exported() == text


def test_a_row_changes_what_it_says_and_leaves_the_rest(cranes, file):
    critic, place = make.make_critic(name="Ann", slug="ann"), make.make_publication(name="Post", slug="post")
    old = make.make_critic_review(title=cranes, critic=critic, publication=place, quote="Yes.", score="4/5")
    report, _ = taken(file(f"{HEAD},score\n{cranes.slug},Ann,Post,against,\n"))
    new = CriticReview.objects.get()
    assert counts(report) == (0, 1, 0, 0)
    assert (new.fresh, new.score, new.quote, new.added_on) == (False, "", "Yes.", old.added_on)
    assert not ScoreSummary.objects.wrong()


def test_a_critic_may_become_top_and_all_counts_follow(cranes, file):
    review = make.make_critic_review(critic=make.make_critic(name="Ann", slug="ann"))
    taken(file(f"{HEAD},top\n{cranes.slug},Ann,Post,for,yes\n"))
    assert ScoreSummary.objects.get(title=review.title).top_critic_reviews == 1
    assert not ScoreSummary.objects.wrong()


# ------------------------------------------------------------------ which title
@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("title", "the-cranes-are-flying-1957"),
        ("title", "https://kinopost.example/titles/the-cranes-are-flying-1957/"),
        ("title", "The Cranes Are Flying (1957)"),
        ("title", "cranes are flying"),
        ("title,year", "The Cranes are flying,1957"),
        ("title,year", "The Cranes are flying,1958"),
        ("title", "Letyat zhuravli"),
        ("imdb", "tt0050634"),
        ("title", "tt0050634"),
        ("title,imdb", "What they call it,https://www.imdb.com/title/tt0050634/"),
    ],
)
def test_a_title_is_found_by(cranes, file, head, cells):
    make.make_title_name(title=cranes, name="Letyat zhuravli")
    TitleIdentifier.objects.create(title=cranes, scheme="imdb", value="tt0050634")
    assert counts(taken(file(f"{head},critic,publication,fresh\n{cells},Ann,Post,for\n"))[0]) == (1, 0, 0, 0)
    assert CriticReview.objects.get().title == cranes


def test_a_title_that_could_be_several_is_not_guessed(file):
    for year in (1931, 1956):
        make.make_title(name="Waterloo Bridge", year=year, slug=f"waterloo-bridge-{year}")
    why = refusal(file, "Waterloo Bridge,Ann,Post,for")
    assert (
        why == "“Waterloo Bridge” could be any of: waterloo-bridge-1931 and waterloo-bridge-1956. Write one of these."
    )


def test_an_unknown_title_comes_with_a_suggestion(cranes, file):
    assert "Did you mean the-cranes-are-flying-1957?" in refusal(file, "The Cranes Are Flying (1999),Ann,Post,for")
    rebuild_search()
    assert "Did you mean the-cranes-are-flying-1957?" in refusal(file, "Craens are flying,Ann,Post,for")
    assert refusal(file, "Zzyzx qqq,Ann,Post,for") == "We have no title “Zzyzx qqq”."


def test_a_title_and_a_number_that_differ_are_refused(cranes, file):
    make.make_title_identifier(title=make.make_title(), scheme="imdb", value="tt0000001")
    head = "title,imdb,critic,publication,fresh"
    why = "The title and the IMDb number are of two different titles."
    assert refusal(file, f"{cranes.slug},tt0000001,Ann,Post,for", head) == why


# ------------------------------------------------------------------ bad rows
@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("fresh", "4/5", "neither for nor against"),
        ("fresh", "", "neither for nor against"),
        ("critic", "", "names no critic"),
        ("critic", "???", "No address can be made"),
        ("publication", " ", "names no publication"),
        ("quote", '"=HYPERLINK(""http://x"")"', "is a formula"),
        ("quote", "abc\u202edef", "cannot be seen"),
        ("quote", "x" * 5001, "5,001 letters"),
        ("score", "04-May", "a spreadsheet made a date of"),
        ("score", "x" * 21, "21 letters"),
        ("url", "javascript:alert(1)", "not an address"),
        ("url", "example.org/review", "not an address"),
        ("published_on", "05/04/2008", "could be two days"),
        ("published_on", "31/02/2008", "There is no day"),
        ("published_on", "2008-02-30", "There is no day"),
        ("published_on", "2008-13", "There is no day"),
        ("published_on", "2999-01-01", "lies in the future"),
        ("published_on", "last week", "is no date"),
        ("added_on", "2008-01", "names no day"),
        ("top critic", "maybe", "neither yes nor no"),
        ("critic slug", "Not A Slug", "is no slug"),
        ("year", "57", "is not a year"),
    ],
)
def test_a_bad_cell_keeps_its_row_out(cranes, file, column, cell, why):
    cells = {"title": cranes.slug, "critic": "Ann", "publication": "Post", "fresh": "for"} | {column: cell}
    assert why in refusal(file, ",".join(cells.values()), ",".join(cells))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2008-01-18", "2008-01-18"),
        ("2008-01", "2008-01"),
        ("2008", "2008"),
        ("18/01/2008", "2008-01-18"),
        ("01/18/2008", "2008-01-18"),
        ("5/5/2008", "2008-05-05"),
        ('"Jan 18, 2008"', "2008-01-18"),
        ("18 January 2008", "2008-01-18"),
        ("", ""),
    ],
)
def test_a_date_can_be_written(cranes, file, cell, day):
    taken(file(f"{HEAD},published_on\n{cranes.slug},Ann,Post,for,{cell}\n"))
    assert CriticReview.objects.get().published_on == day


def test_the_same_review_twice_in_a_file_is_taken_once(cranes, file):
    rows = f"{cranes.slug},Ann,Post,for\n{cranes.slug},Ann,Post,against\n"
    report, notes = taken(file(f"{HEAD}\n{rows}"))
    assert counts(report) == (1, 0, 0, 1) and notes == [(3, "Line 2 of this file is about the same review.")]
    assert CriticReview.objects.get().fresh


def test_a_row_of_another_length_stays_out_and_the_next_goes_in(cranes, file):
    report, notes = taken(
        file(f'{HEAD}\n{cranes.slug},Ann,"Po\nst",for\n{cranes.slug},Bo,Post\n\n{cranes.slug},Cy,X,for,,\n')
    )
    assert counts(report) == (2, 0, 0, 1) and notes == [(4, "This row has 3 cells, the headings 4.")]


def test_critics_of_one_name_are_told_apart_by_slug(cranes, file):
    for slug in ("ann", "ann-2"):
        make.make_critic(slug=slug, name="Ann")
    report, notes = taken(file(f"{HEAD},critic_slug\n{cranes.slug},Ann,Post,for,\n{cranes.slug},Ann,Post,for,ann-2\n"))
    assert counts(report) == (1, 0, 0, 1) and "Say" not in notes[0][1] and "critic_slug" in notes[0][1]
    assert CriticReview.objects.get().critic.slug == "ann-2"


# ------------------------------------------------------------------ files
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(cranes, file, encoding, separator):
    text = f"{HEAD}\r\n{cranes.slug},Žižek Ångström,Le Monde,yes\r\n".replace(",", separator)
    assert counts(taken(file(text.encode(encoding)))[0]) == (1, 0, 0, 0)
    assert Critic.objects.get().name == "Žižek Ångström"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no headings"),
        (b"title,critic,publication\n", "columns are missing: fresh"),
        (b"critic,publication,fresh\n", "no column title or imdb"),
        (b"title,critic,publication,fresh,stars\n", "do not know these columns: stars"),
        (b"title,critic,publication,fresh,Verdict\n", "there twice"),
        (b"title,critic,publication,fresh\nx,\xe9,y,for\n", "not UTF-8"),
        (b"title,critic,publication,fresh\nx,\0,y,for\n", "NUL"),
        (b"PK\x03\x04rest", "workbook"),
        (b'title,critic,publication,fresh\nx,"y,z,for\n', "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(cranes, file, content, why):
    with pytest.raises(CommandError, match=why):
        call_command("import_critics", file(content))
    assert not CriticReview.objects.exists() and not Critic.objects.exists()


def test_a_look_writes_nothing_and_says_the_same(cranes, file):
    path = file(f"{HEAD}\n{cranes.slug},Ann,Post,for\nno-such-film,Bo,Post,for\n")
    assert counts(look_at(path, today=TODAY)) == (1, 0, 0, 1)
    assert not any(model.objects.exists() for model in (CriticReview, Critic, Publication))
    assert counts(taken(path)[0]) == (1, 0, 0, 1)


def test_the_command_counts_and_lists_what_stayed_out(cranes, file, tmp_path, capsys):
    path = file(f"{HEAD}\n{cranes.slug},Ann,Post,for\n=cmd(),Bo,Post,for\n")
    call_command("import_critics", path, rejects=tmp_path / "rejects.csv")
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {key: said[key] for key in ("created", "rejected")} == {"created": 1, "rejected": 1}
    rows = list(csv.reader((tmp_path / "rejects.csv").open()))
    assert rows[0] == ["file", "row", "what", "reason"] and rows[1][1:3] == ["3", "rejected"]


def test_as_many_queries_for_300_rows_as_for_3(cranes, file):
    def queries(number):
        rows = "".join(f"{cranes.slug},Critic {n},Post,for\n" for n in range(number))
        with CaptureQueriesContext(connection) as made:
            taken(file(f"{HEAD}\n{rows}"))
        return len(made)

    assert queries(3) == queries(300)
