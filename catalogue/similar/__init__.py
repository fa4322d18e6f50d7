"""Titles like a title, worked out from all of the catalogue at once and kept in a table (docs/similar.md).

`sources` is where other apps say what members liked and what can be had; `reading` fetches it as arrays; `neighbours`
works out the lists and knows no database; `writing` puts them into the table; `rebuild` does it all.
"""
