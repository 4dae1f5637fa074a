"""Pages of those who register a unit. Open to everybody, and the same for every address."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.accounts.code_forms import TOO_OFTEN
from keqiao.web.accounts.limits import allows
from keqiao.web.accounts.models import Registration
from keqiao.web.accounts.registration import contact, queries
from keqiao.web.accounts.registration.actions import (
    Sent,
    submit_again,
    submit_registration,
    withdraw_registration,
)
from keqiao.web.accounts.registration.consent import text_agreed_to, words_to_agree_to
from keqiao.web.accounts.registration.forms import AddressForm, CodeForm, RegistrationForm, initial_of
from keqiao.web.parties.queries import associations
from keqiao.web.scope import crossing

BEFORE_AN_ACCOUNT = (
    "whoever registers a unit has no account yet; the contact proved in the session says whose it is"
)


@opens_to(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Begin: give a mail address or number, to which a code is sent."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, address = form.cleaned_data["address"]
        if contact.send_code(request, kind, address):
            return redirect("accounts:register_code")
        form.add_error(None, TOO_OFTEN)
    if request.method != "POST" and contact.proved(request):
        return redirect("accounts:registrations_mine")
    page = {"form": form}
    return render(request, "accounts/registration/begin.html", page, status=422 if form.errors else 200)


@opens_to(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type in the code."""
    address = contact.asked(request)
    if not address:
        return redirect("accounts:register")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if contact.prove(request, form.cleaned_data["code"]):
            return redirect("accounts:registrations_mine")
        form.add_error("code", _("验证码不对或已过期。可以重新发送。"))
    page = {"form": form, "address": address}
    return render(request, "accounts/registration/code.html", page, status=422 if form.errors else 200)


@opens_to(PUBLIC, scope="the contact proved in this session")
@require_http_methods(["GET", "HEAD"])
@crossing(BEFORE_AN_ACCOUNT)
def mine(request: HttpRequest) -> HttpResponse:
    """What I sent in, and how it stands."""
    who = contact.proved(request)
    if who is None:
        return redirect("accounts:register")
    rows = list(queries.registrations_of(who))
    if not rows:
        return redirect("accounts:register_new")
    return render(request, "accounts/registration/mine.html", {"registrations": rows, "contact": who})


@opens_to(PUBLIC, scope="the contact proved in this session")
@require_http_methods(["GET", "HEAD", "POST"])
@crossing(BEFORE_AN_ACCOUNT)
def new(request: HttpRequest) -> HttpResponse:
    """State the unit and send it in."""
    who = contact.proved(request)
    return redirect("accounts:register") if who is None else _form_page(request, who, None)


@opens_to(PUBLIC, scope="the contact proved in this session")
@require_http_methods(["GET", "HEAD", "POST"])
@crossing(BEFORE_AN_ACCOUNT)
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what was returned and send it in again."""
    who = contact.proved(request)
    if who is None:
        return redirect("accounts:register")
    return _form_page(request, who, queries.registration_to_correct(who, pk))


@opens_to(PUBLIC, scope="the contact proved in this session")
@require_POST
@crossing(BEFORE_AN_ACCOUNT)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take my registration back."""
    who = contact.proved(request)
    if who is None:
        return redirect("accounts:register")
    found = queries.registrations_of(who).filter(pk=pk).first()
    try:
        if found is not None:
            withdraw_registration(found.pk, at=request.arrived_at)
            messages.success(request, _("已撤回。"))
    except NotAllowed:
        messages.error(request, _("已经核验，不能撤回。"))
    return redirect("accounts:registrations_mine")


@opens_to(PUBLIC)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Let go of the contact on this machine."""
    contact.forget(request)
    return redirect("accounts:register")


def _form_page(request: HttpRequest, who: contact.Contact, registration: Registration | None) -> HttpResponse:
    form = RegistrationForm(
        request.POST or None,
        request.FILES or None,
        contact=who,
        at=request.arrived_at,
        registration=registration,
        initial=_initial(registration),
    )
    if request.method == "POST" and form.is_valid() and _sent(request, form, registration):
        messages.success(request, _("已提交。核验结果将通知您。"))
        return redirect("accounts:registrations_mine")
    words = words_to_agree_to(request.LANGUAGE_CODE, request.arrived_at)
    page = {"form": form, "registration": registration, "words": words, "contact": who}
    return render(request, "accounts/registration/form.html", page, status=422 if form.errors else 200)


def _initial(registration: Registration | None) -> dict[str, Any]:
    if registration is not None:
        return initial_of(registration)
    only = list(associations()[:2])
    return {"association": only[0]} if len(only) == 1 else {}


def _sent(request: HttpRequest, form: RegistrationForm, registration: Registration | None) -> bool:
    if not allows(request, "registration"):
        form.add_error(None, TOO_OFTEN)
        return False
    text = text_agreed_to(request.arrived_at)
    sent = Sent(form.contact, form.kept, text, request.LANGUAGE_CODE)
    try:
        if registration is None:
            submit_registration(form.stated(), sent, at=request.arrived_at)
        else:
            submit_again(registration.pk, form.stated(), sent, at=request.arrived_at)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    except NotAllowed:
        form.add_error(None, _("申请已被处理，请返回查看。"))
        return False
    return True
