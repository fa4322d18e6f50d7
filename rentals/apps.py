from django.apps import AppConfig

OF_LIST = ("member__handle", "slug")  # what the address of a list is filled in with


class RentalsConfig(AppConfig):
    name = "rentals"

    def ready(self):
        # Models can be named only now.
        from catalogue import feeds, invariants, sitemaps
        from catalogue.importers import sections
        from catalogue.search import popularity
        from catalogue.similar import sources
        from catalogue.synthetic import parts
        from rentals import kept
        from rentals.browse import register_ours
        from rentals.importing import SECTION
        from rentals.membership_invariants import INVARIANTS
        from rentals.models import MemberList, Stock
        from rentals.synthetic import COLUMNS, stock
        from rentals.tastes import GONE, HELD, RENTED

        sections.register(SECTION)
        kept.declare()
        sitemaps.register_pages("rentals:plans", "members:notice", "rentals:lists")
        sitemaps.register("lists", sitemaps.Section("rentals:list", MemberList.objects.listed, OF_LIST))
        feeds.new_to_rent_by("stock__held_since")
        register_ours()
        sources.register_taste(RENTED)
        sources.register_shelf(gone=GONE, held=HELD)
        popularity.register("rentals", "SELECT title_id, rentals AS times FROM rentals_stock")
        parts.register(COLUMNS, stock)
        invariants.register("Stock is what its rows say.", Stock.objects.wrong)
        for sentence, query in INVARIANTS.items():
            invariants.register(sentence, query)
        invariants.register(
            "A disc that a queue asks for is one of its title's.",
            "SELECT q.id FROM rentals_queueentry q JOIN catalogue_disc d ON d.id = q.disc_id "
            "JOIN catalogue_release r ON r.id = d.release_id WHERE r.title_id <> q.title_id",
        )
        invariants.register(
            "A rental answers a request of its own member.",
            "SELECT n.id FROM rentals_rental n JOIN rentals_queueentry q ON q.id = n.entry_id "
            "WHERE n.member_id <> q.member_id",
        )
        invariants.register(
            "What was sent for a request is not asked for still, unless something is wrong with it.",
            "SELECT n.id FROM rentals_rental n JOIN rentals_queueentry q ON q.id = n.entry_id "
            "WHERE n.checked_in_at IS NULL AND n.cancelled_at IS NULL AND q.sent_at IS NULL AND q.removed_at IS NULL "
            "AND NOT EXISTS (SELECT FROM rentals_problem p WHERE p.rental_id = n.id)",
        )
        invariants.register(
            "Nothing is lent to a closed account.",
            "SELECT n.id FROM rentals_rental n JOIN members_member m ON m.id = n.member_id "
            "WHERE m.closed_at IS NOT NULL AND n.allocated_at > m.closed_at",
        )
