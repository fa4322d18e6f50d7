"""What happens by the clock: all of it stands in this table.

Each line: when (cron, minute first, in universal time), what is called (`now=` is its one argument), what it does. Each
may run twice, late, or not at all for a day, and does no harm. Workers share the clock: whichever is first takes a
task, and nobody else does (docs/jobs.md). What revives jobs of dead workers waits for none of its own.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy

TWICE_MORE = RetryStrategy(max_attempts=2, wait=120)


@dataclass(frozen=True)
class Regular:
    """Something that is done again and again."""

    cron: str
    calls: str
    does: str
    alone: bool = True  # not while the one before still runs

    @property
    def name(self):
        return self.calls.rpartition(".")[2]


SCHEDULE = [
    Regular("*/5 * * * *", "config.jobs.revive_jobs", "Runs jobs again whose worker died.", alone=False),
    Regular("*/5 * * * *", "members.mail.sweep_messages", "Sends e-mails again that no job has in hand."),
    Regular(
        "* * * * *",
        "catalogue.announcing.announce_due",
        "Lets everybody see titles and collections whose moment has come.",
    ),
    Regular("12 1 * * *", "config.jobs.forget_jobs", "Deletes what is told of old jobs."),
    Regular("22 1 * * *", "members.mail.forget_messages", "Deletes e-mails that were sent 30 days ago."),
    Regular("32 1 * * *", "members.once.forget_forms", "Deletes the keys of forms that were sent 72 hours ago."),
    Regular("42 1 * * *", "members.retention.finish_closed", "Ends what had to stay of deleted accounts for a while."),
    Regular("44 1 * * *", "members.retention.end_sessions", "Deletes sessions of members who are gone."),
    Regular("*/30 * * * *", "members.retention.forget_farewells", "Deletes the last e-mails to deleted accounts."),
    Regular("46 1 * * *", "members.retention.delete_downloads", "Deletes downloads that are a week old."),
    Regular("48 1 * * *", "catalogue.merging.forget_dropped", "Forgets what merges of titles dropped 90 days ago."),
    Regular("52 1 * * *", "rentals.retention.unlink_history", "Forgets whose rentals were that ended a year ago."),
    Regular("54 1 * * *", "rentals.retention.forget_removed", "Deletes what was taken off queues 30 days ago."),
    Regular("48 1 * * *", "catalogue.wanted.forget", "Forgets what was searched for in vain 90 days ago."),
    Regular("59 1 * * *", "catalogue.nightly.forget_drafts", "Deletes drafts of titles that are 90 days old."),
    Regular("42 2 * * *", "reviews.verified.verify_missed", "Verifies ratings whose disc came back, if a job failed."),
    Regular("12 3 * * *", "rentals.waits.learn_days_away", "Learns how long copies of each title are usually away."),
    Regular("7 * * * *", "reviews.charts.rebuild_charts", "Works out the charts: best rated, most helpful, and so on."),
    Regular("2 * * * *", "rentals.renewals.renew_memberships", "Bills, reminds, begins and ends what has its day."),
    Regular("12 2 * * *", "catalogue.nightly.rebuild_suggestions", "Works out films like each film, and the popular."),
    Regular("48 1 * * *", "catalogue.sheets.runs.forget_sheets", "Deletes files of imports that are 30 days old."),
    Regular("*/5 * * * *", "rentals.rounds.make_round_due", "Makes the round of the day that is due."),
    Regular("56 1 * * *", "rentals.rounds.forget_rounds", "Forgets what rounds told of each place 30 days ago."),
    Regular("58 1 * * *", "rentals.desk.scans.forget_scans", "Forgets what was scanned 30 days ago."),
    Regular("12 9 * * *", "rentals.letters.tell_films_out", "Writes to members whose reserved film is out."),
    Regular("22 9 * * *", "rentals.letters.tell_short_queues", "Writes to members whose queue is short."),
]


def register(app):
    """Make each line of SCHEDULE a task of procrastinate, which calls this once Django is ready."""
    for regular in SCHEDULE:
        lock = regular.name if regular.alone else None
        task = app.task(name=regular.name, queue="clock", lock=lock, retry=TWICE_MORE)(_calling(regular.calls))
        app.periodic(cron=regular.cron)(task)


def _calling(path):
    def run(timestamp):
        import_string(path)(now=timezone.now())

    return run
