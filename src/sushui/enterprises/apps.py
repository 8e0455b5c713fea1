from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "sushui.enterprises"
    label = "enterprises"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.enterprises import subscribers

        subscribers.connect()
