"""Calls, corrections, regulations and days of one association."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keqiao.core.workdays import Period
from keqiao.web.calendars.actions import NewOverride, add_override
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.models import StoredFile
from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.programmes.amendments import reading as amendment_reading
from keqiao.web.programmes.models import Amendment, Offer, ReadingState, Source
from keqiao.web.regulations.actions import Heading, VersionText, add_regulation
from tests.web import make
from tests.web.applications.makers import definition
from tests.web.programmes.notices import CORRECTION, as_text

WITH_TWO_TARGETS = {
    "id": "c1",
    "name": "科普活动",
    "funding": {"kind": "fixed", "amount_fen": 3_000_000},
    "places": {"count": 4},
    "targets": [
        {"id": f"c1.t{number}", "metric": metric, "comparator": ">=", "value": 5, "unit": "场"}
        for number, metric in enumerate(("活动", "讲座"), 1)
    ],
}


def stored(
    world: Any, purpose: str, name: str = "附件.txt", content: bytes = b"words of a paper"
) -> StoredFile:
    """A file of the association, its name marked."""
    upload = SimpleUploadedFile(f"{world.owned}{name}", content)
    wanted = Announced(purpose, upload.name or "", upload.size or 0, world.association.pk)
    return store_upload(upload, wanted, actor=world.officer, at=make.LONG_AGO)


def fill(world: Any) -> None:
    """Put a draft, a public call, a call from a document, a correction, a regulation and a day into the world."""
    drafted = _draft(world, definition(title=f"{world.owned}草稿", categories=[WITH_TWO_TARGETS]))
    public = _draft(
        world, make.definition(f"第{world.number}号通知", deadline={"on": make.LATER.isoformat()})
    )
    publish(public.pk, 1, actor=world.officer, at=make.LONG_AGO, note="测试")
    public.refresh_from_db()
    file = stored(world, "call_document")
    world.objects |= {
        "call": drafted.pk,
        "read_call": _from_document(world).pk,
        "changed_call": _changed(world).pk,
        "public_call": public.slug,
        "public_call_id": public.pk,
        "offer": Offer.objects.filter(call=public).first().pk,
        "amendment": _amendment(world, public).pk,
        "file": file.pk,
        "upload": file.pk,
    }
    world.owners["upload"] = world.officer.pk
    _library(world)


def _draft(world: Any, programme: Any) -> Any:
    return start_from_definition(world.association.pk, programme, actor=world.officer, at=make.LONG_AGO)


def _from_document(world: Any) -> Any:
    """A call whose document could not be read: its page offers to put another in its place."""
    call = _draft(world, make.definition(f"{world.owned}扫描"))
    Source.objects.create(
        association=world.association,
        call=call,
        file=stored(world, "call_document", "扫描件.txt"),
        state=ReadingState.FAILED.value,
        failure="reading.broken_off",
        failure_values={"name": world.owned},
        uploaded_at=make.LONG_AGO,
    )
    return call


def _changed(world: Any) -> Any:
    """A published call whose next revision is a draft with private words."""
    call = _draft(world, make.definition(f"第{world.number}号通知（二）"))
    publish(call.pk, 1, actor=world.officer, at=make.LONG_AGO, note="测试")
    draft = call.draft
    draft.refresh_from_db()
    draft.definition = {**draft.definition, "title": f"{world.owned}新版"}
    draft.save(update_fields=["definition"])
    return call


def _amendment(world: Any, call: Any) -> Any:
    """A correction as it was read, its first line marked."""
    words = as_text((f"{world.owned}科学技术协会", *CORRECTION))
    made = Amendment.objects.create(
        association=world.association,
        call=call,
        file=stored(world, "call_document", "更正.txt", words),
        uploaded_at=make.LONG_AGO,
        uploaded_by=world.officer,
    )
    amendment_reading.read(made.pk, make.LONG_AGO)
    return made


def _library(world: Any) -> None:
    heading = Heading(f"{world.owned}管理办法", (world.owned,))
    text = VersionText(note=world.owned, requirements=(world.owned,))
    version = add_regulation(world.association.pk, heading, text, actor=world.officer, at=make.LONG_AGO)
    day = date(2026, 3, 3)
    wanted = NewOverride(Period(day, day), works=False, reason=f"{world.owned}庆典")
    override = add_override(world.association.pk, wanted, actor=world.officer, at=timezone.now())
    world.objects |= {
        "regulation": version.regulation_id,
        "version": version.pk,
        "override": override.pk,
    }
