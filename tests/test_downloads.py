"""A member's download: everything, in plain words, for nobody else."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from catalogue.models import Title
from members import downloads, fates, tasks
from members.models import Download
from members.retention import delete_downloads
from members.spreadsheets import STARTS, safe
from rentals.models import QueueEntry, Seen
from reviews.models import Rating
from tests.factories import DAY, NOON, make_download, make_member, make_player, make_rating, make_review, make_title
from tests.lives import canaries, lead
from tests.pages import get, text

pytestmark = pytest.mark.django_db
PAGE = "/account/privacy/"


@pytest.fixture(autouse=True)
def state(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    return tmp_path


def made(member):
    """The archive of a download of `member`."""
    download = downloads.ask(member, now=NOON)
    assert downloads.make(download, now=NOON)
    return zipfile.ZipFile(download.path)


def everything(archive):
    return json.loads(archive.read("everything.json"))


def table(archive, name):
    return list(csv.reader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"), newline="")))


def test_asking_puts_off_one_job_however_often_one_asks(sign_in):
    client = sign_in(make_member())
    client.post(f"{PAGE}downloads/")
    client.post(f"{PAGE}downloads/")
    assert Download.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="make_download").count() == 1
    assert "being made" in text(get(client, PAGE))


def test_the_member_fetches_the_file_when_the_job_has_made_it(sign_in):
    member = make_member()
    client = sign_in(member)
    client.post(f"{PAGE}downloads/")
    row = member.downloads.get()
    assert client.get(f"{PAGE}downloads/{row.pk}/").status_code == 404
    tasks.make_download(download=row.pk)
    answer = client.get(f"{PAGE}downloads/{row.pk}/")
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "private, no-store"
    assert zipfile.ZipFile(io.BytesIO(answer.getvalue())).testzip() is None
    assert f"{PAGE}downloads/{row.pk}/" in [link.get("href") for link in get(client, PAGE).iter("a")]


def test_others_find_nothing_there(sign_in):
    made(make_member())
    row = Download.objects.get()
    assert sign_in(make_member()).get(f"{PAGE}downloads/{row.pk}/").status_code == 404
    assert sign_in(make_member(is_staff=True, is_superuser=True)).get(f"{PAGE}downloads/{row.pk}/").status_code == 404
    assert Client().get(f"{PAGE}downloads/{row.pk}/").status_code == 302
    assert Client().get(f"/static/../downloads/{row.key}.zip").status_code == 404


def test_a_file_that_is_gone_is_not_found(sign_in):
    download = make_download(made_at=NOON)
    assert sign_in(download.member).get(f"{PAGE}downloads/{download.pk}/").status_code == 404


def test_every_table_is_in_it_with_its_rows():
    member = lead(canaries())
    archive = made(member)
    told = everything(archive)
    for fate in fates.all_fates():
        if fate.columns:
            assert len(told[fate.name]) == fate.rows(member).count()
    assert told["Account"][0]["e-mail"] == member.email
    assert len([name for name in archive.namelist() if name.endswith(".csv")]) == len(told)


def test_every_text_of_the_member_is_in_it():
    """But secrets: what signs in is nobody's to read."""
    told = []

    def remembered():
        for word in canaries():
            told.append(word)
            yield word

    archive = made(lead(remembered()))
    said = archive.read("everything.json").decode()
    assert len([word for word in told if word not in said]) <= 4  # the secret, a session's key, HTML, a server's error


def test_films_go_by_name_and_never_by_key():
    member = make_member()
    title = make_title(name="Ikiru", year=1952, slug="ikiru")
    make_rating(member=member, title=title, half_stars=9)
    rows = everything(made(member))["Ratings"]
    assert rows == [
        {"title": "Ikiru", "year": 1952, "address": "ikiru", "half stars": 9, "rated on": DAY.isoformat()}
        | {"disc came back": False}
    ]


def test_nobody_else_is_in_it():
    member, other = lead(canaries()), lead(canaries())
    said = made(member).read("everything.json").decode()
    assert other.email not in said and other.shown_as not in said


def test_a_formula_is_text_in_the_table_and_itself_in_the_json():
    member = make_member()
    make_review(author=member, headline='=HYPERLINK("https://evil.example")', body="-1\n+2")
    archive = made(member)
    (headings, row) = table(archive, "reviews")
    said = dict(zip(headings, row, strict=True))
    assert said["headline"] == '\'=HYPERLINK("https://evil.example")' and said["review"] == "'-1\n+2"
    assert everything(archive)["Reviews"][0]["review"] == "-1\n+2"


def test_lists_are_json_in_a_cell():
    member = make_player(regions=["1", "2"]).member
    assert table(made(member), "players")[1] == ["dvd", '["1", "2"]']


@given(st.text())
def test_no_text_begins_a_formula(value):
    assert not safe(value).lstrip().startswith(STARTS) and safe(value)[:1] not in ("\t", "\r", "\n")


@given(st.text())
def test_nothing_is_lost_of_a_text(value):
    assert safe(value) in (value, f"'{value}")


def test_figures_stay_figures():
    assert safe(-5) == -5


def test_five_thousand_rows_cost_as_many_queries_as_five(django_assert_num_queries):
    member, number = make_member(), count()
    titles = Title.objects.bulk_create(Title(slug=f"film-{next(number)}", name="Film", year=1957) for _ in range(1700))
    Rating.objects.bulk_create(Rating(member=member, title=title, half_stars=7, rated_on=DAY) for title in titles)
    Seen.objects.bulk_create(Seen(member=member, title=title, marked_at=NOON) for title in titles)
    QueueEntry.objects.bulk_create(
        QueueEntry(member=member, title=title, rank=rank, asked_at=NOON) for rank, title in enumerate(titles)
    )
    tables = downloads.tables_of(member)
    with django_assert_num_queries(len(tables)):
        assert sum(len(list(rows)) for _, rows in tables.values()) == 3 * 1700 + 2
    assert len(table(made(member), "queue")) == 1701


# ------------------------------------------------------------------ by the clock
def test_a_download_is_deleted_after_a_week():
    archive = made(make_member())
    row = Download.objects.get()
    assert delete_downloads(now=NOON + timedelta(days=7)) == 0 and row.path.exists()
    assert delete_downloads(now=NOON + timedelta(days=7, seconds=1)) == 1 and not row.path.exists()
    archive.close()


def test_files_that_no_download_names_are_deleted(state):
    stray = state / "downloads" / "stray.part"
    stray.parent.mkdir()
    stray.write_bytes(b"")
    delete_downloads(now=NOON)
    assert not stray.exists()


def test_a_download_that_got_stuck_can_be_asked_for_again():
    stuck = make_download(asked_at=NOON)
    assert downloads.ask(stuck.member, now=NOON + timedelta(minutes=59)) == stuck
    again = downloads.ask(stuck.member, now=NOON + timedelta(minutes=61))
    assert again != stuck and stuck.member.downloads.get() == again


def test_a_download_of_an_account_that_was_deleted_meanwhile_leaves_no_file(state):
    download = make_download()
    Download.objects.all().delete()
    assert not downloads.make(download, now=timezone.now())
    assert list((state / "downloads").iterdir()) == []


def test_a_second_run_of_the_job_does_nothing():
    made(make_member())
    row = Download.objects.get()
    row.path.unlink()
    tasks.make_download(download=row.pk)
    assert not row.path.exists()
