"""The room's registration with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "keqiao.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
