"""A file of critics' reviews in a table of the session's own, judged against what is there, and then taken over.

The table holds the rows, so that memory stays flat however many there are, and to look at what would be done is the
same as to do it, but for the last step. What the file has no column for is NULL: that stays as it is.
"""

from dataclasses import dataclass

from django.db import connection

FIELDS = {
    "row": "bigint PRIMARY KEY",
    "problem": "text NOT NULL",
    "title_id": "bigint",
    "critic": "text",
    "critic_name": "text",
    "top": "boolean",
    "publication": "text",
    "publication_name": "text",
    "publication_url": "text",
    "fresh": "boolean",
    "score": "text",
    "quote": "text",
    "published_on": "text",
    "added_on": "date",
    "url": "text",
}
MAKE = f"""
DROP TABLE IF EXISTS pg_temp.staged;
CREATE TEMP TABLE staged ({", ".join(f"{name} {kind}" for name, kind in FIELDS.items())},
  critic_id bigint, publication_id bigint, review_id bigint, is_top boolean, changes text[], outcome text)
  ON COMMIT DROP
"""
PUT = f"COPY pg_temp.staged ({', '.join(FIELDS)}) FROM STDIN"

REPEATS = """
UPDATE staged s SET problem = 'Line ' || f.first || ' of this file is about the same review.'
FROM (SELECT row, min(row) OVER (PARTITION BY title_id, critic, publication) AS first
  FROM staged WHERE problem = '') f
WHERE f.row = s.row AND f.first < s.row
"""
TOPS = """
SELECT DISTINCT ON (critic) critic, top, row FROM staged WHERE problem = '' AND top IS NOT NULL ORDER BY critic, row
"""
CONTRADICTIONS = f"""
UPDATE staged s SET problem =
  'Line ' || t.row || ' says otherwise of whether ' || s.critic_name || ' is a top critic.'
FROM ({TOPS}) t WHERE t.critic = s.critic AND s.problem = '' AND t.top <> s.top
"""
KNOWN = """
UPDATE staged s SET critic_id = k.id, is_top = k.is_top FROM reviews_critic k WHERE k.slug = s.critic;
UPDATE staged s SET publication_id = p.id FROM reviews_publication p WHERE p.slug = s.publication;
"""
OWN = ("quote", "score", "fresh", "published_on", "added_on", "url")
OUTCOMES = f"""
UPDATE staged s SET review_id = c.id, changes = array_remove(ARRAY[
  {", ".join(f"CASE WHEN s.{name} <> c.{name} THEN '{name}' END" for name in OWN)}], NULL)
FROM reviews_criticreview c
WHERE (c.title_id, c.critic_id, c.publication_id) = (s.title_id, s.critic_id, s.publication_id) AND s.problem = '';
UPDATE staged SET outcome = CASE WHEN review_id IS NULL THEN 'created' WHEN changes = '{{}}' THEN 'unchanged'
  ELSE 'updated' END WHERE problem = '';
"""
NOT_ALLOWED = {  # right: (rows that need it, what is said of those who have it not)
    "reviews.change_criticreview": ("outcome = 'updated'", "You may add critics’ reviews, but not change this one."),
    "reviews.add_critic": ("critic_id IS NULL", "We have no critic of this name, and you may not add any."),
    "reviews.change_critic": ("is_top <> top", "You may not change whether somebody is a top critic."),
    "reviews.add_publication": ("publication_id IS NULL", "We have no such publication, and you may not add any."),
}
RIGHTS = ("reviews.add_criticreview", *NOT_ALLOWED)

# In the order that all who write sums keep (migration 0005): critics, then titles.
NEW_WRITERS = f"""
INSERT INTO reviews_critic (slug, name, is_top) SELECT DISTINCT ON (s.critic) s.critic, s.critic_name,
  coalesce(t.top, false) FROM staged s LEFT JOIN ({TOPS}) t USING (critic)
  WHERE s.problem = '' AND s.critic_id IS NULL ORDER BY s.critic, s.row;
INSERT INTO reviews_publication (slug, name, url) SELECT DISTINCT ON (publication) publication, publication_name,
  coalesce(publication_url, '') FROM staged WHERE problem = '' AND publication_id IS NULL ORDER BY publication, row;
"""
LOCK = """
SELECT FROM reviews_critic WHERE id IN (SELECT critic_id FROM staged WHERE outcome <> 'unchanged' OR is_top <> top)
  ORDER BY id FOR NO KEY UPDATE;
SELECT reviews_lock_titles(ARRAY(
  SELECT title_id FROM staged WHERE problem = '' AND outcome <> 'unchanged'
  UNION SELECT c.title_id FROM staged s JOIN reviews_criticreview c USING (critic_id)
  WHERE s.problem = '' AND s.is_top <> s.top));
"""
# Whoever deletes a title waits for us from LOCK on, or we have waited for them: what is gone now stays out.
GONE = """
UPDATE staged s SET problem = 'This film was deleted while the file was taken over.', outcome = NULL
  WHERE problem = '' AND NOT EXISTS (SELECT FROM catalogue_title t WHERE t.id = s.title_id);
"""
WRITE = f"""
UPDATE reviews_critic k SET is_top = t.top FROM ({TOPS}) t WHERE t.critic = k.slug AND k.is_top <> t.top;
INSERT INTO reviews_criticreview
  (title_id, critic_id, publication_id, quote, score, fresh, published_on, added_on, url)
  SELECT title_id, critic_id, publication_id, coalesce(quote, ''), coalesce(score, ''), fresh,
    coalesce(published_on, ''), coalesce(added_on, %s::date), coalesce(url, '')
  FROM staged WHERE problem = '' AND outcome = 'created' ORDER BY row;
UPDATE reviews_criticreview c SET {", ".join(f"{name} = coalesce(s.{name}, c.{name})" for name in OWN)}
  FROM staged s WHERE s.review_id = c.id AND s.problem = '' AND s.outcome = 'updated';
"""

COUNTS = "SELECT coalesce(outcome, 'rejected'), count(*) FROM staged GROUP BY 1"
DIGEST = "SELECT md5(string_agg(concat_ws(':', row, outcome, problem, changes::text), ';' ORDER BY row)) FROM staged"
REJECTED = "SELECT row, problem FROM staged WHERE problem <> '' AND row > %s ORDER BY row LIMIT 1000"
SAMPLE = """
SELECT s.row, t.name, t.year, s.critic_name, s.publication_name, s.fresh, s.score, s.quote, s.changes FROM staged s
JOIN catalogue_title t ON t.id = s.title_id WHERE s.problem = '' AND s.outcome = %s ORDER BY s.row LIMIT %s
"""
NEW = {
    "critics": "SELECT min(critic_name) FROM staged WHERE problem = '' AND critic_id IS NULL GROUP BY critic",
    "publications": (
        "SELECT min(publication_name) FROM staged WHERE problem = '' AND publication_id IS NULL GROUP BY publication"
    ),
    "changed": "SELECT min(critic_name) FROM staged WHERE problem = '' AND is_top <> top GROUP BY critic",
}


@dataclass(frozen=True)
class Sample:
    """A row as the preview prints it."""

    row: int
    title: str
    year: int | None
    critic: str
    publication: str
    fresh: bool
    score: str | None
    quote: str | None
    changes: list | None


def start():
    """Make the table; it goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE)


def put(rows):
    """Add rows, tuples in the order of FIELDS."""
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(PUT) as copy:
        for row in rows:
            copy.write_row(row)


def judge(rights):
    """Say of each row what becomes of it: created, updated or unchanged; or what is wrong with it."""
    with connection.cursor() as cursor:
        for statement in (REPEATS, CONTRADICTIONS, KNOWN, OUTCOMES):
            cursor.execute(statement)
        for right in NOT_ALLOWED.keys() - set(rights):
            rows, why = NOT_ALLOWED[right]
            cursor.execute(f"UPDATE staged SET problem = %s, outcome = NULL WHERE problem = '' AND {rows}", [why])


def write(today):
    """Take over what was judged. Holds the critics and the titles until commit; titles that are gone stay out."""
    with connection.cursor() as cursor:
        for statement in (NEW_WRITERS, KNOWN, LOCK, GONE):
            cursor.execute(statement)
        for statement in filter(str.strip, WRITE.split(";")):
            cursor.execute(statement, [today] if "%s" in statement else None)


# ------------------------------------------------------------------ what became of the rows
def counts():
    """{"created", "updated", "unchanged", "rejected": how many}; what there is none of is not in it."""
    return dict(_rows(COUNTS))


def digest():
    """What tells whether two looks at a file found the same."""
    return _rows(DIGEST)[0][0] or ""


def rejected():
    """Yields (line, why) of all rows that stay out."""
    last = 0
    while some := _rows(REJECTED, [last]):
        yield from some
        last = some[-1][0]


def sample(outcome, most):
    return [Sample(*row) for row in _rows(SAMPLE, [outcome, most])]


def new(what):
    """Names of new critics or publications, or of critics who are top or cease to be: {"critics", …}."""
    return sorted(name for (name,) in _rows(NEW[what]))


def _rows(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
