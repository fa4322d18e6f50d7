from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        # Models can be named only now.
        from catalogue import beside, history, invariants, nightly, viewings
        from catalogue.importers import sections
        from catalogue.search import popularity
        from catalogue.similar import sources
        from catalogue.synthetic import parts
        from config import dashboard
        from reviews import kept, merging, sitemaps
        from reviews.browse import register_ours
        from reviews.charts import rebuild_charts
        from reviews.importing import SECTION
        from reviews.invariants import INVARIANTS
        from reviews.models import ChartPlace, ReviewStanding, ScoreSummary
        from reviews.moderation.queue import CARD
        from reviews.synthetic import FIELDS, summaries
        from reviews.taste import put_beside
        from reviews.tastes import RATED
        from reviews.verified import put_off

        history.register_machine(ChartPlace, ReviewStanding, ScoreSummary)
        sections.register(SECTION)
        nightly.register(rebuild_charts)
        sitemaps.declare()
        kept.declare()
        merging.declare()
        register_ours()
        _say_what_keeps_titles_from_hiding()
        sources.register_taste(RATED)
        beside.register(put_beside)
        parts.register({ScoreSummary: FIELDS}, summaries)
        popularity.register(
            "ratings",
            "SELECT title_id, (SELECT sum(n) FROM unnest(histogram) AS n) AS times FROM reviews_scoresummary",
        )
        viewings.listen(put_off)
        dashboard.register(CARD)
        invariants.register("Score summaries are what their rows say.", ScoreSummary.objects.wrong)
        invariants.register("Reviews stand where their votes and stars put them.", ReviewStanding.objects.wrong)
        for sentence, query in INVARIANTS.items():
            invariants.register(sentence, query)


def _say_what_keeps_titles_from_hiding():
    from catalogue.announcing import register
    from reviews.models import Rating, Review, ReviewDraft, WantToSee

    register("members have rated it", Rating.objects.all)
    register("members have written of it", Review.objects.all)
    register("members are writing of it", ReviewDraft.objects.all)
    register("members want to see it", WantToSee.objects.all)
