"""The art of the covers: one function for each motif.

A motif takes the dice, the palette as `ink` and the number in the film's name,
and yields shapes from back to front. The order in which it throws the dice is
part of the rules: another order draws other covers. Art under a name begins
at y 120 or below, art over a name ends at 308 or above.
"""

from . import patterns, pictures  # noqa: F401 (importing them fills MOTIFS)
from .motif import MOTIFS, Motif

__all__ = ["MOTIFS", "Motif"]
