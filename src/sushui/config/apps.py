from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "sushui.config"
    label = "config"

    def ready(self) -> None:
        from sushui.config import checks  # noqa: F401 (its checks register themselves)
