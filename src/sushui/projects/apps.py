from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "sushui.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.projects import subscribers

        subscribers.connect()
