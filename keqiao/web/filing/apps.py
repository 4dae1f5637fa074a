"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "keqiao.web.filing"
    label = "filing"

    def ready(self) -> None:
        """Tell room files who may send and read pictures of signature pages: tables are known only now."""
        import_module(f"{self.name}.pictures").register_purposes()
        import_module(f"{self.name}.keeping").register_purposes()
