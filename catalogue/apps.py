from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"

    def ready(self):
        from catalogue.browse.ours import register_ours  # together with what other apps register
        from catalogue.cards_for_staff import cards
        from config import dashboard

        register_ours()
        for card in cards():
            dashboard.register(card)
