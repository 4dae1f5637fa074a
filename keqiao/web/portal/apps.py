from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "keqiao.web.portal"
    label = "portal"
