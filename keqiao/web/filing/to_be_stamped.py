"""Applications are stamped: what is signed of one, and what changed since a page was printed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.forms.stating import stated
from keqiao.core.lifecycle.application import EDITABLE, ApplicationState
from keqiao.web.applications import queries as applications
from keqiao.web.applications.permissions import own_units
from keqiao.web.applications.queries.to_sign import application_to_sign, fields_changed, titles_of
from keqiao.web.filing import permissions
from keqiao.web.filing.boxes import boxes_of
from keqiao.web.filing.stampable import Head, Stampable, ToSign
from keqiao.web.programmes.queries import offer_of
from keqiao.web.ui.templatetags.shell import money

LABELS = {
    "number": gettext_lazy("受理编号"),
    "title": gettext_lazy("项目名称"),
    "category": gettext_lazy("类别"),
    "unit": gettext_lazy("申报单位"),
    "leader": gettext_lazy("项目负责人"),
    "amount": gettext_lazy("申请经费"),
}


def head(viewer: Any, pk: UUID, at: datetime) -> Head:
    """Which application of whom it is, and the way back: to the own page, or to the file."""
    application = application_to_sign(pk)
    name = str(application)
    crumbs = [(name, reverse("filing:file", args=[pk]))]
    if application.unit_id in own_units(viewer, at):
        own = (_("我的申报"), reverse("applications:own"))
        crumbs = [own, (name, reverse("applications:detail", args=[pk]))]
    lead = f"{application.title or application.call.title} · {application.unit.name}"
    return Head(name, lead, crumbs, application.association_id)


def to_sign(viewer: Any, pk: UUID, at: datetime) -> ToSign:
    """What is signed: while the unit writes, what it wrote last; to all others, what was submitted last.

    Raises:
        ValidationError: what was written last was not made ready yet.
    """
    application = application_to_sign(pk)
    fingerprint, version = content_now(application, is_own=application.unit_id in own_units(viewer, at))
    offer = offer_of(application.call_id, application.node)
    values = {
        "number": application.number,
        "title": application.title,
        "category": str(offer.name) if offer else "",
        "unit": application.unit.name,
        "leader": application.leader.name if application.leader else "",
        "amount": _amount(application, version),
    }
    return ToSign(
        association_id=application.association_id,
        fingerprint=fingerprint,
        version=version,
        under=application.call.title,
        rows=[(LABELS[name], said) for name, said in values.items() if said],
        boxes=boxes_of(application, at),
        pledge=_(
            "签章单位和人员已审阅指纹所对应的申报材料，对其真实性、完整性负责。内容改动后指纹随之改变，须重新打印本页签章。"
        ),
    )


def _amount(application: Any, version: int) -> str:
    """The money that the form asks for, in yuan, if it does."""
    specification = applications.specification_of(application)
    if specification is None:
        return ""
    asked = stated(specification, applications.answers_of(application, version)).grant_fen
    return money(asked) if asked is not None else ""


def content_now(application: Any, *, is_own: bool) -> tuple[str, int]:
    """Return the fingerprint and the version of what an application says now, to its unit or to others.

    Raises:
        ValidationError: it was not made ready yet.
    """
    if is_own and ApplicationState(application.state) in EDITABLE:
        prepared = applications.prepared_of(application)
        if prepared is not None and prepared.version == application.version:
            return prepared.digest, prepared.version
        raise ValidationError(_("请先打开申报书保存一次，再打印盖章页。"), code="filing.not_ready")
    submission = applications.last_submission(application)
    if submission is None:
        raise ValidationError(_("申报书尚未提交。"), code="filing.not_submitted")
    return submission.digest, submission.version


def address(pk: UUID) -> str:
    """The page about the stamped page of an application."""
    return reverse("filing:stamped", args=[pk])


def changes(pk: UUID, since: int | None, now: int | None) -> Sequence[str]:
    """The fields of the form that were changed after version ``since``, up to ``now``, in the order of the form."""
    if since is None or now is None or since >= now:
        return ()
    changed = fields_changed(pk, since, now)
    specification = applications.specification_of(application_to_sign(pk))
    fields = specification.fields if specification else ()
    return [each.label for each in fields if each.id in changed]


KINDS = (
    Stampable(
        permissions.APPLICATION, permissions.applications_seen, head, to_sign, titles_of, address, changes
    ),
)
