"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "keqiao.web.activities"
    label = "activities"

    def ready(self) -> None:
        """Tell room files who may send and read evidence: tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
