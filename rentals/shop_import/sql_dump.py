"""Sakila and Pagila, the made-up shop of MySQL's and Postgres's manuals, as SQL dumps with COPY blocks.

What a film is about is its authors' text, so that is left where it is; facts of films come in.
"""

import re
from string import capwords

from catalogue.readers.languages import language_named
from catalogue.readers.rows import BrokenFile
from rentals.shop_import.rows import Row

BEGINS = re.compile(r"COPY (?:\w+\.)?(\w+) \((.+)\) FROM stdin;")
NEEDED = ("film", "inventory", "customer", "rental", "address", "city", "country", "language")
NULL = r"\N"
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
ESCAPED = re.compile(r"\\(.)")


def read(path):
    """The rows of the dump: a file, or a folder with .sql files. Raises BrokenFile."""
    tables = {}
    for file in sorted(path.glob("*.sql")) if path.is_dir() else [path]:
        tables |= _tables(file)
    if missing := [name for name in NEEDED if name not in tables]:
        raise BrokenFile(path, "", f"There is no table {missing[0]} in it. Give the dump whose data are COPY blocks.")
    return [*_films(tables), *_copies(tables), *_members(tables), *_rentals(tables)]


# ------------------------------------------------------------------ tables
def _tables(path):
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            return _blocks(path, file)
    except UnicodeDecodeError as error:
        raise BrokenFile(path, "", f"This is not UTF-8 (byte {error.start}). Fetch the file again.") from None


def _blocks(path, lines):
    """{table: rows} of the tables that we need."""
    tables, name, columns = {}, None, ()
    for number, line in enumerate(lines, 1):
        if name is None:
            if found := BEGINS.match(line):
                name, columns = found[1], found[2].split(", ")
                tables[name] = []
        elif line == "\\.\n":
            name = None
        elif name in NEEDED:
            tables[name].append(_record(path, number, columns, line))
    if name is not None:
        raise BrokenFile(path, f"table {name}", "It ends in the middle of a table. Fetch the file again.")
    return tables


def _record(path, number, columns, line):
    """The values of a line by column, with where they stand and why they cannot be read, if so."""
    values = line.rstrip("\r\n").split("\t")
    problem = ""
    if len(values) != len(columns):
        problem = f"This line has {len(values)} values; its table has {len(columns)} columns. Put it right in the dump."
    read = {column: _value(value) for column, value in zip(columns, values, strict=False)}
    return read | {"": (path.name, number, problem)}


def _value(text):
    if text == NULL:
        return ""
    return ESCAPED.sub(lambda found: ESCAPES.get(found[1], found[1]), text).strip() if "\\" in text else text.strip()


def _row(kind, record, **cells):
    file, line, problem = record[""]
    return Row(kind, file, line, cells, problem)


def _by_id(tables, name):
    return {record.get(f"{name}_id", ""): record for record in tables[name]}


# ------------------------------------------------------------------ rows
def _films(tables):
    languages = _by_id(tables, "language")
    for film in tables["film"]:
        language = languages.get(film.get("language_id"), {}).get("name", "")
        rating = film.get("rating", "")
        yield _row(
            "title",
            film,
            id=film["film_id"],
            name=capwords(film.get("title", "")),
            year=film.get("release_year", ""),
            minutes=film.get("length", ""),
            language=language_named(language) or "",
            certificate=f"MPA {rating}" if rating else "",
            medium="dvd",
        )


def _copies(tables):
    for item in tables["inventory"]:
        day = item.get("last_update", "")[:10]
        yield _row("copy", item, id=item["inventory_id"], title=item.get("film_id", ""), acquired_on=day)


def _members(tables):
    addresses, cities, countries = (_by_id(tables, name) for name in ("address", "city", "country"))
    for customer in tables["customer"]:
        address = addresses.get(customer.get("address_id"), {})
        city = cities.get(address.get("city_id"), {})
        country = countries.get(city.get("country_id"), {})
        yield _row(
            "member",
            customer,
            id=customer["customer_id"],
            email=customer.get("email", ""),
            name=f"{customer.get('first_name', '')} {customer.get('last_name', '')}".title().strip(),
            line_1=address.get("address", ""),
            line_2=address.get("address2", ""),
            town=city.get("city", ""),
            postcode=address.get("postal_code", ""),
            country=country.get("country", ""),
            joined_on=customer.get("create_date", ""),
            active=customer.get("active", ""),
        )


def _rentals(tables):
    for rental in tables["rental"]:
        yield _row(
            "rental",
            rental,
            id=rental["rental_id"],
            copy=rental.get("inventory_id", ""),
            member=rental.get("customer_id", ""),
            rented_at=rental.get("rental_date", ""),
            returned_at=rental.get("return_date", ""),
        )
