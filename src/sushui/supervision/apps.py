from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "sushui.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.supervision import subscribers

        subscribers.connect()
