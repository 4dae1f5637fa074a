"""The room's registration with Django."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "keqiao.web.indicators"
    label = "indicators"
