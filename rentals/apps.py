from django.apps import AppConfig


class RentalsConfig(AppConfig):
    name = "rentals"

    def ready(self):
        from catalogue import sitemaps
        from catalogue.importers import sections  # models can be named only now
        from rentals.importing import SECTION

        sections.register(SECTION)
        sitemaps.register_pages("rentals:plans")
