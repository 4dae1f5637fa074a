"""The room's registration with Django."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "keqiao.web.registers"
    label = "registers"
