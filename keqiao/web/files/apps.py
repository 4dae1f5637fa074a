"""The room's registration with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "keqiao.web.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
