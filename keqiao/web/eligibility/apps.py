"""The room's registration with Django."""

from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "keqiao.web.eligibility"
    label = "eligibility"
