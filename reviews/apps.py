from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        from catalogue.importers import sections  # models can be named only now
        from reviews.importing import SECTION

        sections.register(SECTION)
