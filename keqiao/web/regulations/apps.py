"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "keqiao.web.regulations"
    label = "regulations"

    def ready(self) -> None:
        """Tell room files who may send and read the texts of regulations: tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
