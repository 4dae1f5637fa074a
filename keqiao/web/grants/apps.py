"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "keqiao.web.grants"
    label = "grants"

    def ready(self) -> None:
        """Tell rooms below of receipts, and that grants are projects: tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
        import_module(f"{self.name}.as_projects").register()
