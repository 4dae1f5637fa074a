"""The room's registration with Django."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "keqiao.web.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
