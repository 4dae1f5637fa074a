"""The page that shows all components; saved views of lists."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.web.access import DEMONSTRATION, SIGNED_IN, opens_to
from keqiao.web.ui.actions import kept_part, remove_view, save_view
from keqiao.web.ui.forms import ViewForm
from keqiao.web.ui.models import SavedView
from keqiao.web.ui.samples import samples


@opens_to(SIGNED_IN, DEMONSTRATION)
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with invented values."""
    layout = "ui/office.html" if request.user.is_authenticated else "ui/public.html"
    return render(request, "ui/components.html", {"layout": layout, **samples(request.arrived_at)})


@opens_to(SIGNED_IN)
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the search, filters and order of a list under a name, and go back to it."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        return render(request, "ui/save_view.html", {"form": form}, status=422)
    try:
        save_view(form.view(), actor=request.user, at=request.arrived_at)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return render(request, "ui/save_view.html", {"form": form}, status=409)
    messages.success(request, _("已保存视图。"))
    query = kept_part(form.cleaned_data["asked"])
    return redirect(f"{form.cleaned_data['page']}{'?' if query else ''}{query}")


@opens_to(SIGNED_IN, scope="the own view")
@require_POST
def drop_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove one of the viewer's own views, and go back to the list."""
    view = get_object_or_404(SavedView, pk=pk, owner_id=request.user.pk)
    remove_view(view)
    messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
    form = ViewForm(request.POST)
    form.is_valid()
    return redirect(form.cleaned_data.get("page") or "portal:desk")
