"""The page of a unit leads those who work for it to what it may apply for."""

from django.utils.translation import gettext_lazy as _

from keqiao.web.eligibility import permissions
from keqiao.web.parties.about_units import PageAboutUnit

PAGES = (
    PageAboutUnit(
        "eligibility:mine",
        _("我单位可申报的项目"),
        "circle-check",
        lambda viewer, unit, at: unit in permissions.own_units(viewer, at),
    ),
)
