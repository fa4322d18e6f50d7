"""The database writes down what happens to a copy, whoever changes it, and keeps that as it is; the desk's rights."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CREATE = """
CREATE FUNCTION rentals_copy_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.rentals_copyevent (copy_id, kind, at, value, note, by_id)
    SELECT NEW.id, e.kind, e.at, e.value, coalesce(current_setting('kinopost.note', true), ''),
      nullif(current_setting('kinopost.by', true), '')::bigint
    FROM (VALUES
      (TG_OP = 'INSERT', 'acquired', NEW.acquired_on::timestamptz, ''),
      (NEW.shelf <> coalesce(OLD.shelf, ''), 'moved', now(), NEW.shelf),
      (NEW.condition <> coalesce(OLD.condition, 'good'), 'condition', now(), NEW.condition),
      (NEW.licence <> coalesce(OLD.licence, 'rental'), 'licence', now(), NEW.licence),
      (NEW.in_inspection_since IS NOT NULL AND OLD.in_inspection_since IS NULL, 'held', NEW.in_inspection_since, ''),
      (NEW.in_inspection_since IS NULL AND OLD.in_inspection_since IS NOT NULL, 'passed', now(), ''),
      (NEW.missing_at IS NOT NULL AND OLD.missing_at IS NULL, 'missing', NEW.missing_at, ''),
      (NEW.missing_at IS NULL AND OLD.missing_at IS NOT NULL, 'found', now(), ''),
      (NEW.withdrawn_at IS NOT NULL AND (OLD.withdrawn_at IS NULL OR OLD.withdrawn_for <> NEW.withdrawn_for),
        'withdrawn', NEW.withdrawn_at, NEW.withdrawn_for),
      (NEW.withdrawn_at IS NULL AND OLD.withdrawn_at IS NOT NULL, 'restored', now(), '')
    ) AS e (happened, kind, at, value) WHERE e.happened;
    RETURN NULL;
END $$;
CREATE TRIGGER rentals_copy_tells
  AFTER INSERT OR UPDATE OF shelf, condition, licence, in_inspection_since, missing_at, withdrawn_at, withdrawn_for
  ON rentals_copy FOR EACH ROW EXECUTE FUNCTION rentals_copy_tells();

INSERT INTO rentals_copyevent (copy_id, kind, at, value, note)
SELECT k.id, e.kind, e.at, e.value, ''
FROM rentals_copy k CROSS JOIN LATERAL (VALUES
  (true, 'acquired', k.acquired_on::timestamptz, ''),
  (k.shelf <> '', 'moved', now(), k.shelf),
  (k.in_inspection_since IS NOT NULL, 'held', k.in_inspection_since, ''),
  (k.missing_at IS NOT NULL, 'missing', k.missing_at, ''),
  (k.withdrawn_at IS NOT NULL, 'withdrawn', k.withdrawn_at, k.withdrawn_for)
) AS e (happened, kind, at, value) WHERE e.happened;

-- who did it is forgotten with the account; all else stands
CREATE FUNCTION rentals_events_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What happened to a copy stands as it was written.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'copyevent_stands';
END $$;
CREATE TRIGGER rentals_events_stand BEFORE UPDATE ON rentals_copyevent FOR EACH ROW
  WHEN ((OLD.id, OLD.copy_id, OLD.kind, OLD.at, OLD.value, OLD.note)
    IS DISTINCT FROM (NEW.id, NEW.copy_id, NEW.kind, NEW.at, NEW.value, NEW.note) OR NEW.by_id IS NOT NULL)
  EXECUTE FUNCTION rentals_events_stand();
CREATE TRIGGER rentals_events_stay BEFORE DELETE ON rentals_copyevent FOR EACH ROW
  EXECUTE FUNCTION rentals_events_stand();
"""
DROP = """
DROP TRIGGER rentals_events_stay ON rentals_copyevent;
DROP TRIGGER rentals_events_stand ON rentals_copyevent;
DROP FUNCTION rentals_events_stand();
DROP TRIGGER rentals_copy_tells ON rentals_copy;
DROP FUNCTION rentals_copy_tells();
"""
NEW = ["view_copyevent", "view_finding", "change_finding", "view_scan"]


def give(apps, schema_editor):
    _make_rights(apps)
    for group, rights in _groups(apps):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group, rights in _groups(apps):
        group.permissions.remove(*rights)


def _groups(apps):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = list(Permission.objects.filter(content_type__app_label="rentals", codename__in=NEW))
    return [(group, rights) for group in Group.objects.filter(name__in=["desk", "manager"])]


def _make_rights(apps):
    """As a rule they are made only once all migrations have run."""
    config = apps.get_app_config("rentals")
    config.models_module = True  # of a migration's apps it is None, and create_permissions passes those over
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [("rentals", "0012_desk"), ("members", "0004_roles")]

    operations = [migrations.RunSQL(CREATE, DROP), migrations.RunPython(give, take)]
