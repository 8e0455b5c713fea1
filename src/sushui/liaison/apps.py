from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    name = "sushui.liaison"
    label = "liaison"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.liaison import subscribers

        subscribers.connect()
