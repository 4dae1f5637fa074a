"""The room's registration with Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "keqiao.web.imports"
    label = "imports"
