"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "keqiao.web.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell room files who may send and read logos and evidence: tables are known only now."""
        for name in ("profile.logos", "evidence"):
            import_module(f"{self.name}.{name}").register_purposes()
