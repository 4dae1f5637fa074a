"""What everybody reads of notices and awards. Nothing here tells that there was an objection."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.public_notice import PublicNoticeState as S
from keqiao.web.public_notice.models import Award, AwardItem, Notice, NoticeItem
from keqiao.web.public_notice.permissions import public

WITH = ("call", "association__organisation")


def public_notices() -> QuerySet[Notice]:
    """Return the notices that everybody may read, those that run first, then the newest."""
    return Notice.objects.filter(public()).select_related(*WITH).order_by("-posted_at", "pk")


def public_notice(pk: UUID) -> Notice:
    """Return a notice that everybody may read; otherwise 404."""
    return get_object_or_404(public_notices(), pk=pk)


def listed_in(notice: Notice) -> list[NoticeItem]:
    """Return the lines of a public notice as they were signed; a withdrawn one shows none."""
    return [] if notice.state == S.WITHDRAWN.value else list(notice.items.order_by("position"))


def public_item(pk: UUID) -> NoticeItem:
    """Return one line of a notice that everybody may read and that was not withdrawn; otherwise 404."""
    rows = NoticeItem.objects.select_related("notice__call", "notice__association__organisation")
    seen = rows.filter(notice__in=public_notices().order_by()).exclude(notice__state=S.WITHDRAWN.value)
    return get_object_or_404(seen, pk=pk)


def public_awards() -> QuerySet[Award]:
    """Return the awards that were issued, the newest first, with their lines."""
    lines = Prefetch("items", AwardItem.objects.order_by("position"), to_attr="shown_items")
    rows = Award.objects.filter(issued_at__isnull=False).select_related(*WITH)
    return rows.prefetch_related(lines).order_by("-issued_at", "pk")


def public_award(pk: UUID) -> Any:
    """Return an award that was issued; otherwise 404."""
    return get_object_or_404(public_awards(), pk=pk)
