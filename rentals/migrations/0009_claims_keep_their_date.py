"""A claim is made once: whoever writes, its date is never lost and never becomes later.

A round dates many at once. Pages of the table keep some room, so that a row with a claim stays on its page and its
indexes need not be written.
"""

from django.db import migrations

CREATE = """
ALTER TABLE rentals_queueentry SET (fillfactor = 75);
CREATE FUNCTION rentals_keep_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The claim of request % dates from %: it is not lost, and does not become later.', OLD.id, OLD.claim_at
      USING ERRCODE = 'check_violation', CONSTRAINT = 'queueentry_claim_kept';
END $$;
CREATE TRIGGER rentals_keep_claim BEFORE UPDATE OF claim_at ON rentals_queueentry FOR EACH ROW
  WHEN (OLD.claim_at IS NOT NULL AND (NEW.claim_at IS NULL OR NEW.claim_at > OLD.claim_at))
  EXECUTE FUNCTION rentals_keep_claim();
"""
DROP = """
ALTER TABLE rentals_queueentry RESET (fillfactor);
DROP TRIGGER rentals_keep_claim ON rentals_queueentry;
DROP FUNCTION rentals_keep_claim();
"""


class Migration(migrations.Migration):
    dependencies = [("rentals", "0008_rounds")]
    operations = [migrations.RunSQL(CREATE, DROP)]
