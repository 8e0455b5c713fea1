from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "sushui.planner"
    label = "planner"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sushui.planner import subscribers

        subscribers.connect()
