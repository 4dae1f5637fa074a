"""The room's registration with Django."""

from django.apps import AppConfig


class ConfigRoom(AppConfig):
    name = "keqiao.web.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"
