"""Keys of rows that forms and addresses send."""

LARGEST_KEY = 2**63 - 1


def key_of(sent):
    """The number that was sent, or None."""
    sent = str(sent)
    return int(sent) if sent.isdecimal() and len(sent) < 20 and int(sent) <= LARGEST_KEY else None


def keys_of(sent):
    """The numbers among what was sent, in order."""
    return [key for key in map(key_of, sent) if key is not None]
