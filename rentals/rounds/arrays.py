"""Rows between Postgres and numpy without a Python object for each: COPY in its binary form.

A row there is the number of its columns, and for each its length in bytes and its value; all big-endian. Only columns
of a fixed length that are never null fit. The format: postgresql.org/docs/current/sql-copy.html, "Binary Format".
"""

import numpy as np

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # no flags, no extension
END = b"\xff\xff"
BIG = ">i8"


def read(cursor, names, query, parameters):
    """{name: int64 array} of a query that gives bigints, one for each of `names`."""
    row = _row([(name, BIG) for name in names])
    with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)", parameters) as copy:
        data = b"".join(bytes(block) for block in copy)
    rows = np.frombuffer(
        data, row, offset=len(SIGNATURE), count=(len(data) - len(SIGNATURE) - len(END)) // row.itemsize
    )
    return {name: rows[name].astype(np.int64) for name in names}


def write(cursor, table, columns):
    """Append rows to `table`. `columns`: {name: (numpy's big-endian type, array or one value for all rows)}."""
    row = _row([(name, kind) for name, (kind, _) in columns.items()])
    rows = np.empty(next(len(values) for _, values in columns.values() if np.ndim(values)), row)
    rows["columns"] = len(columns)
    for name, (kind, values) in columns.items():
        rows[f"{name} bytes"], rows[name] = np.dtype(kind).itemsize, values
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)") as copy:
        copy.write(SIGNATURE + rows.tobytes() + END)


def _row(columns):
    fields = [("columns", ">i2")]
    for name, kind in columns:
        fields += [(f"{name} bytes", ">i4"), (name, kind)]
    return np.dtype(fields)
