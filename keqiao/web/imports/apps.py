"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "keqiao.web.imports"
    label = "imports"

    def ready(self) -> None:
        """Tell room files who may send and read tables: its own tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
