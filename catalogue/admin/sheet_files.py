"""Sheets as answers: files to be saved."""

from django.http import FileResponse, StreamingHttpResponse

from catalogue.sheets import export, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv(name, headings, rows):
    """A CSV file, sent while it is written."""
    answer = StreamingHttpResponse(export.csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def xlsx(name, headings, rows, wide=()):
    """A workbook; the columns `wide` get more room."""
    file = workbook.written(name, headings, rows, wide)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
