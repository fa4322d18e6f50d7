"""What other apps add to a made-up catalogue: they register it when they are ready."""

COLUMNS = {}
_makers = []


def register(columns, maker):
    """`columns`: {model: fields}. `maker(chance, films)` gives {model: tuples in their order} for a batch of Films."""
    COLUMNS.update(columns)
    _makers.append(maker)


def rows(chance, films):
    """Of all that is registered: {model: rows}."""
    return {model: list(rows) for maker in _makers for model, rows in maker(chance, films).items()}
