from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        # Models can be named only now.
        from catalogue import announcing, beside, history, invariants, nightly, viewings
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
        from reviews.models import ChartPlace, Rating, Review, ReviewDraft, ReviewStanding, ScoreSummary, WantToSee
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
        announcing.register("members have rated it", Rating.objects.all)
        announcing.register("members have written of it", Review.objects.all)
        announcing.register("members are writing of it", ReviewDraft.objects.all)
        announcing.register("members want to see it", WantToSee.objects.all)
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
