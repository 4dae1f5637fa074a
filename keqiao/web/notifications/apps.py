"""The room's registration with Django."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "keqiao.web.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
