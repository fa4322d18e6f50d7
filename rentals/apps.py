from django.apps import AppConfig

OF_LIST = ("member__handle", "slug")  # what the address of a list is filled in with


class RentalsConfig(AppConfig):
    name = "rentals"

    def ready(self):
        # Models can be named only now.
        from catalogue import announcing, feeds, history, invariants, sitemaps, viewings
        from catalogue.importers import sections
        from catalogue.search import popularity
        from catalogue.similar import sources
        from catalogue.synthetic import parts
        from config import dashboard
        from rentals import kept, merging
        from rentals.browse import register_ours
        from rentals.cards_for_staff import cards
        from rentals.importing import SECTION
        from rentals.invariants import INVARIANTS
        from rentals.models import ListEntry, MemberList, QueueEntry, Rental, Seen, Stock
        from rentals.synthetic import COLUMNS, stock
        from rentals.tastes import CAME_BACK, GONE, HELD, RENTED

        sections.register(SECTION)
        kept.declare()
        merging.declare()
        history.register_machine(Stock)
        sitemaps.register_pages("rentals:plans", "rentals:how_we_choose", "members:notice", "rentals:lists")
        sitemaps.register("lists", sitemaps.Section("rentals:list", MemberList.objects.listed, OF_LIST))
        feeds.new_to_rent_by("stock__held_since")
        register_ours()
        announcing.register("members have asked for it", QueueEntry.objects.all)
        announcing.register("members have had it", Rental.objects.all, "copy__disc__release__title")
        announcing.register("it is on members’ lists", ListEntry.objects.all)
        announcing.register("members have marked it as seen", Seen.objects.all)
        sources.register_taste(RENTED)
        viewings.register_returns(CAME_BACK)
        sources.register_shelf(gone=GONE, held=HELD)
        popularity.register("rentals", "SELECT title_id, rentals AS times FROM rentals_stock")
        parts.register(COLUMNS, stock)
        for card in cards():
            dashboard.register(card)
        invariants.register("Stock is what its rows say.", Stock.objects.wrong)
        for sentence, query in INVARIANTS.items():
            invariants.register(sentence, query)
