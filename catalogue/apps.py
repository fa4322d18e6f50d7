from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"

    def ready(self):
        # Models can be named only now.
        from catalogue import history, models
        from catalogue.browse.ours import register_ours  # together with what other apps register
        from catalogue.cards_for_staff import cards
        from catalogue.merging import ours, verbs
        from catalogue.sheets import runs
        from config import dashboard

        history.register_machine(models.ImportedRecord, models.PageVersion, models.Completeness)
        history.register_machine(models.PopularTitle, models.SimilarTitle, models.ShelfTitle, models.ShelfCount)

        register_ours()
        ours.declare()
        verbs.declare()
        runs.declare()
        for card in cards():
            dashboard.register(card)
