"""The page on spreadsheets says what the declarations say."""

from django.conf import settings

from catalogue.sheets.describing import described


def test_the_docs_list_the_columns_as_they_are():
    assert described() in (settings.BASE_DIR / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
