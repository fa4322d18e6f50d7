"""A shop brought in as it stands: its titles, copies, members and rentals (docs/import-shop.md).

A reader per format yields plain rows with the same cells whatever they come from; a step per kind of row checks them,
finds what came in last time and writes the rest. `run` puts them in order, in one transaction.
"""
