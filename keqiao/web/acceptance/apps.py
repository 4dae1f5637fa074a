"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class AcceptanceConfig(AppConfig):
    name = "keqiao.web.acceptance"
    label = "acceptance"

    def ready(self) -> None:
        """Tell room files who may send and read deliverables: tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
