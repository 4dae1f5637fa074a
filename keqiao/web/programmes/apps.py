from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "keqiao.web.programmes"
    label = "programmes"
