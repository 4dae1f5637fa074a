"""Base figures: the regions of the viewer's area, and the figures of one of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.parties import actions, queries
from keqiao.web.parties.figures import figures_of
from keqiao.web.parties.forms.figures import FigureForm
from keqiao.web.parties.models import RegionLevel
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.views.organisations import OF_THE_AREA, by
from keqiao.web.ui.faults import add_faults
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

REGIONS = ListKind(
    columns=(
        Column("name", _("区域"), ("name",), value=lambda region: region.name),
        Column("code", _("代码"), ("code",), value=lambda region: region.code),
        Column("level", _("级别"), value=lambda region: str(region.get_level_display())),
        Column("figures", _("已录入指标"), ("known",), number=True, value=lambda region: region.known),
    ),
    default_sort="code",
    search=queries.region_named,
    filters=(Filter("level", _("级别"), RegionLevel.choices, queries.of_level),),
    keys=(
        Key(Field("code", ("代码", "Code")), column_condition("code")),
        Key(Field("figures", ("已录入指标", "指标", "Figures"), Kind.NUMBER), column_condition("known")),
    ),
    hint=_("名称或代码"),
    code="parties.regions",
    file_name=_("区域基础指标"),
)


@opens_to(OFFICER)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """The regions whose base figures the viewer may enter."""
    rows = queries.with_number_of_figures(queries.regions_kept_by(request.user, request.arrived_at))
    shown = list_page(rows, REGIONS, request.GET)
    return exported(shown, request) or render(request, "parties/regions.html", {"list": shown})


@opens_to(OFFICER, scope=OF_THE_AREA)
@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """The base figures of one region, and a new one."""
    region = queries.region_kept_by(request.user, code, request.arrived_at)
    form = FigureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_figure(form.wanted(region), **by(request))
        except ValidationError as wrong:
            add_faults(form, wrong)
        else:
            messages.success(request, _("指标已录入。"))
            return redirect("parties:figures", code)
    trail = [(_("区域基础指标"), reverse("parties:regions"))]
    shown = {"region": region, "form": form, "figures": figures_of(region), "trail": trail}
    return render(request, "parties/figures.html", shown, status=422 if form.errors else 200)
