"""The room's registration with Django."""

from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "keqiao.web.allocation"
    label = "allocation"
