"""The room of the programming interface."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Tokens, the interface itself, and notices to other programs."""

    name = "keqiao.web.api"
    verbose_name = _("数据接口")
