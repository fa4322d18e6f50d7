"""How often titles are asked for, which decides between names that match equally well."""

_counts = {}


def register(name, query):
    """`query`: SQL that gives (title_id, times) of something that speaks for a title: ratings, rentals."""
    _counts[name] = query


def counts():
    """SQL that gives (title_id, times), with as many rows per title as there are things counted."""
    return " UNION ALL ".join(_counts.values()) or "SELECT NULL::bigint AS title_id, 0::bigint AS times WHERE false"
