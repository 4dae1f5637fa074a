"""The room's registration with Django."""

from importlib import import_module

from django.apps import AppConfig


class PublicNoticeConfig(AppConfig):
    name = "keqiao.web.public_notice"
    label = "public_notice"

    def ready(self) -> None:
        """Tell room files who may send and read the proof of objections: tables are known only now."""
        import_module(f"{self.name}.proof").register_purposes()
