"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "keqiao.web.registers"
    label = "registers"

    def ready(self) -> None:
        """Tell room files who may send and read the papers behind the lines: tables are known only now."""
        import_module(f"{self.name}.papers").register_purposes()
