from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "keqiao.web.ui"
    label = "ui"
