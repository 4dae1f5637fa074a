"""Base figures: the regions of the viewer's area, and the figures of one of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.web.access import opens_to
from keqiao.web.parties import actions, queries
from keqiao.web.parties.figures import figures_of
from keqiao.web.parties.forms.figures import FigureForm
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.views.acting import add_faults
from keqiao.web.parties.views.organisations import OF_THE_AREA, by
from keqiao.web.ui.lists import Column, ListKind, list_page

REGIONS = ListKind(
    columns=(
        Column("name", _("区域"), ("name",)),
        Column("code", _("代码"), ("code",)),
        Column("level", _("级别")),
        Column("figures", _("已录入指标")),
    ),
    default_sort="code",
    search=queries.region_named,
    hint=_("名称或代码"),
)


@opens_to(OFFICER)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """The regions whose base figures the viewer may enter."""
    rows = queries.with_number_of_figures(queries.regions_kept_by(request.user, request.arrived_at))
    return render(request, "parties/regions.html", {"list": list_page(rows, REGIONS, request.GET)})


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
