"""The room's registration with Django."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "keqiao.web.review"
    label = "review"
