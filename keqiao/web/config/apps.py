"""The room's registration with Django."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ConfigRoom(AppConfig):
    name = "keqiao.web.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Set the walls between associations anew whenever the tables have changed."""
        post_migrate.connect(raise_walls_after_migrating, sender=self)


def raise_walls_after_migrating(*, using: str, **_: Any) -> None:
    """Set row-level security where the engine has it. Asked by Django once per ``migrate``."""
    if connections[using].vendor == "postgresql":
        import_module("keqiao.web.config.postgres.walls").raise_walls(connections[using])
