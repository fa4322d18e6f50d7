"""Browse: the list of all titles, narrowed down by facets that say how many titles each choice would give.

Each process holds the facts to choose by in memory, a bit for each title and value (`index`), read from the tables
themselves (`reading`) and kept true by asking, before each answer, which titles have changed (`fresh`). What there is
to choose by and to sort by is declared (`declared`, `ours`); other apps add theirs when they are ready.
"""
