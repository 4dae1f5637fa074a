"""The room's registration with Django."""

from django.apps import AppConfig


class EndorsementConfig(AppConfig):
    name = "keqiao.web.endorsement"
    label = "endorsement"
