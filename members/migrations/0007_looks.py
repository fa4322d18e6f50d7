"""Why staff look at what a member rents, kept as it was written; and the auditor, who sees all and changes nothing.

Of other roles a few rights go that nothing asks for: problems are reported by members, memberships are begun by them,
invoices are made by the clock, and reports are settled by deciding about the review.
"""

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.models import CheckConstraint, Q

STAND = """
CREATE FUNCTION members_looks_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Who looked at whose rentals, and why, stands as it was written.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'look_stands';
END $$;
-- whose it was goes with the account, and with it what was said; who looked goes with theirs
CREATE TRIGGER members_looks_stand BEFORE UPDATE ON members_look FOR EACH ROW
  WHEN ((OLD.id, OLD.at, OLD.reason, OLD.page) IS DISTINCT FROM (NEW.id, NEW.at, NEW.reason, NEW.page)
    OR (NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id)
    OR (NEW.whose_id IS NOT NULL AND NEW.whose_id IS DISTINCT FROM OLD.whose_id)
    OR (NEW.sentence <> OLD.sentence AND (NEW.sentence <> '' OR NEW.whose_id IS NOT NULL)))
  EXECUTE FUNCTION members_looks_stand();
CREATE TRIGGER members_looks_stay BEFORE DELETE ON members_look FOR EACH ROW EXECUTE FUNCTION members_looks_stand();
"""
FALL = """
DROP TRIGGER members_looks_stay ON members_look;
DROP TRIGGER members_looks_stand ON members_look;
DROP FUNCTION members_looks_stand();
"""
REASONS = {
    "asked": "The member asked",
    "problem": "A problem was reported",
    "payment": "Payment",
    "fraud": "Suspicion of fraud",
    "law": "The law demands it",
}

# ------------------------------------------------------------------ rights
SEEN = {  # what the auditor looks at: {app: models}
    "catalogue": """
        language country genre collection company awardbody provider certificate
        person personalias personidentifier formerpersonslug
        title titlename titleidentifier formertitleslug titlelanguage titlecountry titlegenre titlecollection
        titlecompany deed credit award releaseevent boxoffice offer
        release releaseidentifier disc aspectratio audiotrack subtitletrack extra extraperson""",
    "reviews": """
        publication critic criticreview outsidesource outsidescore outsidereview
        review report staffreply rating helpfulvote moderationstep ban votehold""",
    "rentals": """
        copy rental problem order queueentry round passedover idleplace copyevent scan finding
        plan membership invoice membershipchange""",
    "members": "member look",
    "auth": "group",
    "mfa": "authenticator",
}
MORE = {"desk": ["members.add_look"], "manager": ["members.add_look", "members.view_look"]}
LESS = {
    "moderator": ["reviews.change_report"],
    "desk": ["rentals.add_problem"],
    "manager": ["reviews.change_report", "rentals.add_problem", "rentals.add_membership", "rentals.add_invoice"],
}
APPS = ("auth", "mfa", "catalogue", "members", "reviews", "rentals")


def make(apps, schema_editor):
    """The rights are made here too: as a rule they are only once all migrations have run."""
    for label in APPS:
        _make_rights_of(apps, label)
    known, groups = _known(apps)
    auditor, _ = groups.get_or_create(name="auditor")
    auditor.permissions.set(
        [known[f"{app}.view_{model}"] for app, names in SEEN.items() for model in names.split()],
    )
    _change(groups, known, MORE, LESS)


def unmake(apps, schema_editor):
    known, groups = _known(apps)
    groups.filter(name="auditor").delete()
    _change(groups, known, LESS, MORE)


def _change(groups, known, more, less):
    for name, rights in more.items():
        groups.get(name=name).permissions.add(*(known[right] for right in rights))
    for name, rights in less.items():
        groups.get(name=name).permissions.remove(*(known[right] for right in rights))


def _known(apps):
    """({right: key}, all groups)"""
    rights = apps.get_model("auth", "Permission").objects
    rows = rights.values_list("pk", "content_type__app_label", "codename")
    return {f"{app}.{codename}": pk for pk, app, codename in rows}, apps.get_model("auth", "Group").objects


def _make_rights_of(apps, label):
    config = apps.get_app_config(label)
    config.models_module = True  # of a migration's apps it is None, and create_permissions passes those over
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


def _member(related_name, **options):
    on_delete = django.db.models.deletion.SET_NULL
    return models.ForeignKey("members.member", null=True, on_delete=on_delete, related_name=related_name, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_rights_on_deeds"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("catalogue", "0011_history"),
        ("reviews", "0012_history"),
        ("rentals", "0017_orders"),
    ]
    operations = [
        migrations.CreateModel(
            "Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(choices=list(REASONS.items()), max_length=7)),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("page", models.CharField(help_text="The page that was asked for.", max_length=200)),
                ("by", _member("looks_taken", verbose_name="who looked")),
                ("whose", _member("looks")),
            ],
            options={
                "verbose_name": "look at a member’s rentals",
                "verbose_name_plural": "looks at members’ rentals",
                "indexes": [models.Index(fields=["by", "whose", "at"], name="look_by_whose_at")],
                "constraints": [
                    CheckConstraint(
                        condition=Q(reason__in=list(REASONS)),
                        name="look_reason",
                        violation_error_message="Choose one of the reasons.",
                    ),
                    CheckConstraint(
                        condition=Q(whose=None) | Q(sentence__regex=r"\S.{8,}\S"),
                        name="look_sentence",
                        violation_error_message="Say in a sentence why: the member reads it.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(STAND, FALL),
        migrations.RunPython(make, unmake),
    ]
