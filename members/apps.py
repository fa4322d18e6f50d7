from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self):
        # Models can be named only now.
        from config import dashboard
        from members import kept
        from members.cards_for_staff import cards

        kept.declare()
        for card in cards():
            dashboard.register(card)
