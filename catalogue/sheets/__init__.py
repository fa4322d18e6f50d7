"""Titles, releases, people and credits as spreadsheets: out, and in again (docs/spreadsheets.md)."""
