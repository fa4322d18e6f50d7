"""The desk: what a warehouse hand does with a scanner, and what staff see of the shelves and the post."""
