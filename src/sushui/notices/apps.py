from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "sushui.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.notices import subscribers

        subscribers.connect()
