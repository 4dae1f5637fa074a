"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "keqiao.web.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Tell room files who may read the copies of own data: tables are known only now."""
        import_module(f"{self.name}.copying").register_purposes()
