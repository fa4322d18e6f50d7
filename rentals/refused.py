"""The answer no."""


class Refused(Exception):
    """What was asked for cannot be done, and nothing changed. The words, a sentence, are for who asked."""
