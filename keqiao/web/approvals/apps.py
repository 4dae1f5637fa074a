"""The room's registration with Django."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "keqiao.web.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"
