from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self):
        # Models can be named only now.
        from members import kept

        kept.declare()
