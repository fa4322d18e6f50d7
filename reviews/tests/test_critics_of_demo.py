"""The demo's critics out as CSV and in again."""

import io
from datetime import date

from reviews.criticfile.run import import_critics
from reviews.criticfile.writing import export_critics
from reviews.models import Critic, CriticReview, Publication, ScoreSummary


def exported():
    out = io.StringIO()
    export_critics(out)
    return out.getvalue()


def taken(tmp_path, text):
    path = tmp_path / "critics.csv"
    path.write_text(text)
    report = import_critics(path, today=date(2026, 12, 1))
    return report.created, report.updated, report.unchanged, report.rejected


def test_what_is_exported_and_imported_elsewhere_is_the_same_to_the_byte(demo, tmp_path):
    text, number = exported(), CriticReview.objects.count()
    for model in (CriticReview, Critic, Publication):
        model.objects.all().delete()
    assert taken(tmp_path, text) == (number, 0, 0, 0)
    assert exported() == text
    assert not ScoreSummary.objects.wrong()


def test_a_second_import_changes_nothing(demo, tmp_path):
    text = exported()
    assert taken(tmp_path, text) == (0, 0, CriticReview.objects.count(), 0)
    assert exported() == text
