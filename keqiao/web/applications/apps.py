"""The room's registration with Django."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "keqiao.web.applications"
    label = "applications"
