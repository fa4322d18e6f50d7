from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"

    def ready(self):
        from catalogue.browse.ours import register_ours  # together with what other apps register

        register_ours()
