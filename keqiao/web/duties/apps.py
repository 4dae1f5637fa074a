"""The room's registration with Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "keqiao.web.duties"
    label = "duties"
