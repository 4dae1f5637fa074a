"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "keqiao.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell room files who may send and read the certificates of units: tables are known only now."""
        import_module(f"{self.name}.registration.certificates").register_purposes()
