"""The room's registration with Django."""

from django.apps import AppConfig


class SeasonConfig(AppConfig):
    name = "keqiao.web.season"
    label = "season"
