"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "keqiao.web.calendars"
    label = "calendars"

    def ready(self) -> None:
        """Tell room files who may send and read the papers behind days off: tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
