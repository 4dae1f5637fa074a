"""The room's registration with Django."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "keqiao.web.privacy"
    label = "privacy"
