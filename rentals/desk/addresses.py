"""Barcodes in addresses: also those from elsewhere, which may hold any sign, or a word that is a page of its own."""

from urllib.parse import quote, unquote

PAGES = ("receive", "take", ".", "..")  # beside the passports under /desk/stock/


class BarcodeConverter:
    """A barcode as one part of an address. What an address cannot hold is written in percents."""

    regex = "[^/]+"

    def to_python(self, value):
        code = unquote(value)
        if "\0" in code:
            raise ValueError("No barcode has a NUL.")
        return code

    def to_url(self, barcode):
        quoted = quote(barcode, safe="")
        return f"%{ord(quoted[0]):02X}{quoted[1:]}" if quoted in PAGES else quoted
