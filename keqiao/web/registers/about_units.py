"""The page of a unit leads to what the registers hold of it."""

from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.about_units import PageAboutUnit
from keqiao.web.registers import permissions

PAGES = (
    PageAboutUnit(
        "registers:party",
        _("全部登记"),
        "history",
        lambda viewer, _unit, at: bool(permissions.associations_read(viewer, at)),
    ),
    PageAboutUnit(
        "registers:own",
        _("我单位的登记"),
        "history",
        lambda viewer, unit, at: unit in permissions.own_units(viewer, at),
    ),
)
