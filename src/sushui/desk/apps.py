from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sushui.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.desk import nav, panels

        nav.register()
        panels.register()
