"""What came in last time, by the names it has in its shop."""

import hashlib
import json

from catalogue.importers.copying import copy_rows
from rentals.models import ImportedRow
from rentals.shop_import.report import ALREADY_HERE, BROUGHT_IN
from rentals.shop_import.rows import Unfit

CHANGED = "changed since it came in"
LEFT = "deleted the account"


class Known:
    """Copies, members or rentals of a shop: {id there: key here} of those that are in, `here`, and of all `rows`."""

    def __init__(self, shop, kind, report):
        self.shop, self.kind, self.report = shop, kind, report
        rows = ImportedRow.objects.filter(shop=shop, kind=kind)
        self._rows = {key: (bytes(digest), pk) for key, digest, pk in rows.values_list("key", "digest", kind)}
        self.here = {key: pk for key, (_, pk) in self._rows.items() if pk}

    def new(self, rows):
        """Rows that did not come in before; the others are counted, and rejected if they say something else now."""
        for row in rows:
            if row.key not in self._rows:
                yield row
                continue
            try:
                self._same(row)
            except Unfit as refusal:
                self.report.reject(row, refusal)
            else:
                self.report.add(self.kind, ALREADY_HERE)

    def remember(self, rows, keys, outcome=BROUGHT_IN):
        """Note that `rows` came in as what has the primary `keys`."""
        copy_rows(
            ImportedRow,
            ["shop", "kind", "key", "digest", self.kind],
            [(self.shop, self.kind, row.key, digest(row), key) for row, key in zip(rows, keys, strict=True)],
        )
        self.here |= {row.key: key for row, key in zip(rows, keys, strict=True)}
        self.report.add(self.kind, outcome, len(rows))

    def _same(self, row):
        before, key = self._rows[row.key]
        if key is None:
            raise Unfit(LEFT, f"{row.kind.title()} {row.key} deleted the account here, and is not brought in again.")
        if before != digest(row):
            what = f"{row.kind.title()} {row.key} came in before and says something else now. Change it by hand here."
            raise Unfit(CHANGED, what)


def digest(row):
    text = json.dumps(row.cells, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
