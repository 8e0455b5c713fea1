from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "sushui.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.documents import subscribers

        subscribers.connect()
