from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "sushui.organizations"
    label = "organizations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.organizations import subscribers

        subscribers.connect()
