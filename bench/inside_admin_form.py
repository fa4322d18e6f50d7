"""What bench.admin_form runs inside a site of its own: fills it, and opens, saves and matches by Django's test client.

python -m bench.inside_admin_form PEOPLE ROUNDS
"""

import itertools
import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import table  # noqa: E402
from catalogue import models  # noqa: E402
from members import two_factor  # noqa: E402
from members.models import Member  # noqa: E402

CREDITS, EDITIONS, BATCH = 100, 12, 5000
SYLLABLES = "ka lo mi ren tar sha vel dor ni bas go lin mar tov ste fan".split()
TYPED = ("ka", "kalo", "tarsha", "kalomi ren", "lomika")


def main(people, rounds):
    fill(people)
    title = big_title()
    client = staff()
    address = reverse("admin:catalogue_title_change", args=[title.pk])
    client.get(address)  # what a process keeps
    data = fields(client, address)
    number = itertools.count()
    lines = "\n".join(f"Nobody {SYLLABLES[n % 16]}{SYLLABLES[n // 16]} as Part {n}" for n in range(60))
    cast = {"_match": "1", "cast_list": lines}
    people_at = {"app_label": "catalogue", "model_name": "credit", "field_name": "person"}
    rows = [
        measured("open", rounds, lambda: client.get(address), 200),
        measured("save, nothing changed", rounds, lambda: client.post(address, data), 302),
        measured("save, a part changed", rounds, lambda: client.post(address, changed(data, next(number))), 302),
        measured("match 60 lines", rounds, lambda: client.post(address, data | cast), 200),
        *(
            measured(f"autocomplete “{typed}”", rounds, lambda: client.get(  # noqa: B023
                reverse("admin:autocomplete"), people_at | {"term": typed}), 200)  # noqa: B023
            for typed in TYPED
        ),
    ]  # fmt: skip
    print(f"{models.Person.objects.count():,} people; {CREDITS} credits, {EDITIONS} editions.")
    print(table.lines(("", "p50 ms", "slowest ms", "queries"), rows))


def measured(name, rounds, ask, status):
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        response = ask()
        took.append(1000 * (time.perf_counter() - began))
        assert response.status_code == status, (name, response.status_code)
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [name, table.number(statistics.median(took), 0), table.number(max(took), 0), f"{len(captured)}"]


def changed(data, number):
    return data | {"credits-0-character": f"Part {number} anew", "releases-0-audio_tracks": f"English | LPCM {number}"}


def fill(people):
    names = (
        " ".join(word.title() for word in (a + b + c, d + e)) for a, b, c, d, e in itertools.product(*[SYLLABLES] * 5)
    )
    for first in range(0, people, BATCH):
        batch = list(itertools.islice(names, min(BATCH, people - first)))
        with transaction.atomic():
            models.Person.objects.bulk_create(
                models.Person(slug=f"p-{first + n}", name=name) for n, name in enumerate(batch)
            )


def big_title():
    title = models.Title.objects.create(slug="long", name="A Very Long Evening", year=1999)
    models.Credit.objects.bulk_create(
        models.Credit(
            title=title,
            person=person,
            role="actor",
            position=place,
            printed_name=person.name,
            character=f"Part {place}",
        )
        for place, person in enumerate(models.Person.objects.order_by("pk")[:CREDITS], 1)
    )
    for number in range(1, EDITIONS + 1):
        edition(title.releases.create(slug=f"dvd-{number}", medium="dvd", regions=["2"], position=number))
    return title


def edition(release):
    for number in range(1, 9):
        language = ("en", "fr", "de", "es", "it", "ru", "ja", "pl")[number - 1]
        release.audio_tracks.create(language_id=language, codec="Dolby Digital", channels="5.1", position=number)
        release.subtitle_tracks.create(language_id=language, position=number)
        release.extras.create(name=f"Extra {number}", kind="featurette", minutes=12, disc_number=2, position=number)
    for number in (1, 2):
        release.discs.create(number=number)
    release.aspect_ratios.create(printed="1.85:1", ratio="1.85")


def staff():
    member = Member.objects.create_user("cataloguer@example.org", is_staff=True, is_superuser=True)
    two_factor.set_up(member, two_factor.new_secret())
    client = Client(SERVER_NAME="localhost")
    client.force_login(member)
    return client


def fields(client, address):
    """What a browser would send of the form, read from what its page was made of."""
    setup_test_environment()
    page = client.get(address).context
    teardown_test_environment()  # pages are slower while they keep what they are made of
    formsets = [inline.formset for inline in page["inline_admin_formsets"]]
    forms = [page["adminform"].form, *(form for s in formsets for form in (s.management_form, *s.forms))]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
