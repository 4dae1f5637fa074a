"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "keqiao.web.applications"
    label = "applications"

    def ready(self) -> None:
        """Tell room files who may send and read what goes with applications: tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
