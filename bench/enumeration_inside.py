"""What bench.enumeration runs inside a site of its own."""

import os
import random
import statistics
import sys
import time

import django

PASSWORD = "four cranes over the river"
MOST_MILLISECONDS = 5
FORMS = {
    "sign in": ("/sign-in/", lambda address: {"login": address, "password": "not that one"}),
    "reset": ("/reset/", lambda address: {"email": address}),
    "sign up": ("/sign-up/", lambda address: {"email": address, "password1": PASSWORD, "shown_as": ""}),
}


def main(pairs):
    known = make_members(pairs)
    chance = random.Random(4)
    for number, (name, (url, form)) in enumerate(FORMS.items()):
        seconds = measure(url, form, known, chance, number)
        print(report(name, *seconds))


def make_members(count):
    """Addresses of new members; all have one password, hashed once."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from members.models import Member

    password = make_password(PASSWORD)
    made = [Member(email=f"known{number:05}@example.org", password=password) for number in range(count)]
    members = Member.objects.bulk_create(made)
    EmailAddress.objects.bulk_create(EmailAddress(user=m, email=m.email, verified=True, primary=True) for m in members)
    return [member.email for member in members]


def measure(url, form, known, chance, number):
    """(passed, CPU) seconds of each of (known, unknown), by turns; which of a pair comes first is left to chance."""
    ask(url, form(f"first{number}@example.org"), "10.9.9.9")  # which loads templates
    seconds = ([], [])
    for turn, address in enumerate(known):
        pair = [(0, address), (1, f"stranger{number}{turn:05}@example.org")]
        for kind, asked in chance.sample(pair, 2):
            seconds[kind].append(ask(url, form(asked), f"10.{number * 2 + kind}.{turn // 250}.{turn % 250}"))
    return seconds


def ask(url, form, place):
    from django.test import Client

    client = Client(headers={"host": "localhost"}, REMOTE_ADDR=place)
    begun, cpu = time.perf_counter(), time.process_time()
    response = client.post(url, form)
    took = time.perf_counter() - begun, time.process_time() - cpu
    assert response.status_code == (200 if "login" in form else 302), response.status_code
    return took


def report(name, known, unknown):
    """One line of the time that passed, and one of our processor's, which says more on a busy machine."""
    sides = zip(*known, strict=True), zip(*unknown, strict=True)
    passed, cpu = zip(*sides, strict=True)
    return f"{line(name, 'passed', *passed)}\n{line(name, 'CPU', *cpu)}"


def line(name, what, known, unknown):
    medians = [statistics.median(times) * 1000 for times in (known, unknown)]
    gap = abs(medians[0] - medians[1])
    verdict = "" if gap <= MOST_MILLISECONDS else "  FAR APART"
    return (
        f"{name:8} {what:6} {len(known)} pairs: known {medians[0]:6.2f} ms, unknown {medians[1]:6.2f} ms, "
        f"gap {gap:5.2f} ms, Mann-Whitney p {mann_whitney(known, unknown):.3f}{verdict}"
    )


def mann_whitney(ours, theirs):
    """The two-sided p by the normal approximation, which is good from twenty values on."""
    ranked = sorted([(value, 0) for value in ours] + [(value, 1) for value in theirs])
    ranks = sum(rank for rank, (_, kind) in enumerate(ranked, 1) if kind == 0)
    n, m = len(ours), len(theirs)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * statistics.NormalDist().cdf(-abs(z))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(int(sys.argv[1]))
