"""Which text a moderator looked at; and finding reviews that say the same.

`reviews_prints` gives hashes of a text without spaces, marks, invisible letters and capitals: of the whole from 60
letters on ("Great film!" is nobody's), and from 240 on of its first and last 120 too, so that a copy with a sentence
added or changed at one end is found. The index answers for millions of reviews at once. What the function says must
not change without building the index anew.
"""

from django.db import migrations, models

PRINTS = r"""
CREATE FUNCTION reviews_prints(body text) RETURNS bigint[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
    SELECT CASE
        WHEN length(w) >= 240 THEN ARRAY[hashtextextended(w, 0), hashtextextended(left(w, 120), 0),
          hashtextextended(right(w, 120), 0)]
        WHEN length(w) >= 60 THEN ARRAY[hashtextextended(w, 0)]
        ELSE ARRAY[]::bigint[] END
    FROM (SELECT lower(regexp_replace(body, '[[:space:][:punct:]\u00AD\u2000-\u206F\uFEFF]+', '', 'g')) AS w) AS plain;
$$;
CREATE INDEX reviews_review_prints ON reviews_review USING gin (reviews_prints(body));
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_stars_in_drafts")]

    operations = [
        migrations.AddField(
            model_name="moderationstep",
            name="text_digest",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="Which text of the review was looked at.",
                max_length=32,
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(PRINTS, "DROP INDEX reviews_review_prints; DROP FUNCTION reviews_prints;"),
    ]
