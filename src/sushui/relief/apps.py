from django.apps import AppConfig


class ReliefConfig(AppConfig):
    name = "sushui.relief"
    label = "relief"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.relief import subscribers

        subscribers.connect()
