"""Make a signature page, take the pictures of stamped ones, attach by hand what no code tells, set pictures aside."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.moves import NotAllowed
from keqiao.core.lifecycle.scan import BRINGER, OFFICER, ScanState, scan_after
from keqiao.readers.stamped import Appearance, PageSeen, look_at_upload
from keqiao.web.audit import log
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.queries import path_of
from keqiao.web.filing.models import Scan, Seal, SignaturePage, Way
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.stampable import sees, stampable
from keqiao.web.filing.stamping import tell

About = tuple[str, UUID]


@transaction.atomic
def make_page(about: About, *, actor: Any, at: datetime) -> SignaturePage:
    """Return the signature page of what a thing says now; made once for each content.

    Raises:
        ValidationError: the thing is not there for ``actor``, or its content is not ready to be signed.
    """
    known = _require_seen(about, actor, at)
    now = known.to_sign(actor, about[1], at)
    if now.over:
        raise ValidationError(now.over, code="filing.over")
    said = {
        "association_id": now.association_id,
        "version": now.version,
        "boxes": [asdict(box) for box in now.boxes],
        "made_by": actor,
        "made_at": at,
    }
    page, is_new = SignaturePage.objects.get_or_create(
        about_kind=about[0], about_id=about[1], fingerprint=now.fingerprint, defaults=said
    )
    if is_new:
        data = {"about": str(about[1]), "fingerprint": now.fingerprint}
        log.record("made", page, actor=actor, role=BRINGER, at=at, data=data)
    return page


def take_scan(
    file: Any,
    *,
    actor: Any,
    at: datetime,
    association_id: UUID | None = None,
    only_with_code: bool = False,
) -> list[Scan]:
    """Look at each page of a stored file and keep what it shows, matched to its signature page where codes tell it.

    ``association_id`` keeps what nobody can match; that of the file where it is not given. The same file brought
    again by the same person gives the same pictures. What a page is about that ``actor`` may not see is not told.
    ``only_with_code``: other papers may be among the pages; what shows no code of ours is not kept.

    Raises:
        Unreadable: it is no picture and no PDF, or cannot be read.
    """
    before = Scan.objects.filter(taken_by=actor, file__sha256=file.sha256).order_by("position")
    before = before.exclude(state=ScanState.SET_ASIDE.value)
    if found := list(before.select_related("page", "picture")):
        return found
    seen = look_at_upload(path_of(file), name=file.name)
    shown = [each for each in enumerate(seen.pages, start=1) if each[1].code or not only_with_code]
    signatures = [asdict(each) for each in seen.signatures]
    return _kept(_Came(file, signatures, association_id or file.association_id), shown, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class _Came:
    """A file as it came, with its electronic signatures, and whose what nobody can match is."""

    file: Any
    signatures: list[dict[str, Any]]
    association_id: UUID


@transaction.atomic
def _kept(came: _Came, pages: Sequence[tuple[int, PageSeen]], *, actor: Any, at: datetime) -> list[Scan]:
    taken = []
    for position, shown in pages:
        page = _page_of(shown, actor, at)
        scan = Scan(
            association_id=page.association_id if page else came.association_id,
            file=came.file,
            position=position,
            signatures=came.signatures,
            taken_by=actor,
            taken_at=at,
            state=ScanState.UNMATCHED.value,
        )
        scan.picture = _stored_picture(scan, shown, actor, at)
        if page is not None:
            _match(scan, page, shown)
        scan.save(force_insert=True)
        act = "matched" if page else "kept"
        data = {
            "file": came.file.sha256,
            "position": position,
            "page": str(scan.page_id or ""),
            "seal": scan.seal,
        }
        log.record(act, scan, actor=actor, role=BRINGER, at=at, data=data)
        taken.append(scan)
    for about in {(scan.about_kind, scan.about_id) for scan in taken}:
        tell(about, at, "matched")
    return taken


def _page_of(shown: PageSeen, actor: Any, at: datetime) -> SignaturePage | None:
    """The signature page that the codes tell, if ``actor`` may see what it is about."""
    if shown.code is None:
        return None
    page = SignaturePage.objects.filter(pk=shown.code.page).first()
    if page is None or not page.fingerprint.startswith(shown.code.fingerprint):
        return None
    return page if sees(actor, (page.about_kind, page.about_id), at) else None


def _match(scan: Scan, page: SignaturePage, shown: PageSeen) -> None:
    scan.page, scan.about_kind, scan.about_id = page, page.about_kind, page.about_id
    scan.state, scan.way = ScanState.MATCHED.value, Way.CODE.value
    scan.seals = [each.value for each in shown.seals.get(len(page.boxes), ())]
    scan.seal = seal_of(page.boxes, scan.seals)


def seal_of(boxes: Sequence[Any], seals: Sequence[str]) -> str:
    """Return what is seen of all boxes that want a seal: yes if in each, no if surely missing in one."""
    wanted = [seen for box, seen in zip(boxes, seals, strict=False) if box["seal"]]
    if not wanted:
        return Seal.NOT_ASKED.value
    for answer in (Appearance.NO, Appearance.UNCLEAR):
        if answer.value in wanted:
            return Seal(answer.value).value
    return Seal.YES.value


def _stored_picture(scan: Scan, shown: PageSeen, actor: Any, at: datetime) -> Any:
    """The straightened picture; two pages that look the same to the byte are kept twice by name, once by content."""
    upload = SimpleUploadedFile(f"{scan.position}.jpg", shown.picture, "image/jpeg")
    wanted = Announced(STAMPED, upload.name or "", len(shown.picture), scan.association_id)
    return store_upload(upload, wanted, actor=actor, at=at)


@dataclass(frozen=True)
class Said:
    """What a person says that a picture shows: ``about`` a thing, on one of its pages if ``page_id`` is given."""

    about: About
    reason: str
    page_id: UUID | None = None


@transaction.atomic
def attach(scan_id: UUID, said: Said, *, actor: Any, at: datetime) -> Scan:
    """Say by hand what a picture shows, with a reason.

    Raises:
        ValidationError: the picture counts already, or the thing or the page is not there for ``actor``.
    """
    scan = Scan.objects.select_for_update().get(pk=scan_id)
    _move(scan, "attach")
    _require_seen(said.about, actor, at)
    page = _named_page(said)
    if (
        page is None
        and not SignaturePage.objects.filter(about_kind=said.about[0], about_id=said.about[1]).exists()
    ):
        raise ValidationError(_("请先打印盖章页，再关联图片。"), code="filing.no_page")
    association = page or SignaturePage.objects.filter(about_id=said.about[1]).latest("made_at")
    if association.association_id != scan.association_id:
        raise ValidationError(
            _("图片属于另一科协，请在该申报的盖章页中重新上传。"), code="filing.other_association"
        )
    scan.page, scan.way = page, Way.HAND.value
    scan.about_kind, scan.about_id = said.about
    scan.save(update_fields=["page", "way", "about_kind", "about_id", "state"])
    data = {"about": str(said.about[1]), "page": str(scan.page_id or "")}
    log.record("attached", scan, actor=actor, role=BRINGER, at=at, reason=said.reason, data=data)
    tell(said.about, at, "attached")
    return scan


@transaction.atomic
def set_aside(scan_id: UUID, reason: str, *, actor: Any, at: datetime) -> Scan:
    """Let a picture count no more, with a reason; it is kept.

    Raises:
        ValidationError: it was set aside already.
    """
    scan = Scan.objects.select_for_update().get(pk=scan_id)
    _move(scan, "set_aside")
    scan.save(update_fields=["state"])
    log.record("set_aside", scan, actor=actor, role=BRINGER, at=at, reason=reason)
    tell((scan.about_kind, scan.about_id), at, "set_aside")
    return scan


def _move(scan: Scan, act: str) -> None:
    """Whoever sees the picture may do both: the view asked; the table says in which states."""
    try:
        scan.state = scan_after(ScanState(scan.state), act, {BRINGER, OFFICER}).value
    except NotAllowed as refused:
        raise ValidationError(_("这张图片的状态已经改变，请刷新后再试。"), code="filing.state") from refused


def _named_page(said: Said) -> SignaturePage | None:
    if said.page_id is None:
        return None
    page = SignaturePage.objects.filter(
        pk=said.page_id, about_kind=said.about[0], about_id=said.about[1]
    ).first()
    if page is None:
        raise ValidationError(_("没有这个盖章页。"), code="filing.no_page")
    return page


def _require_seen(about: About, actor: Any, at: datetime) -> Any:
    known = stampable(about[0])
    if known is None or not sees(actor, about, at):
        raise ValidationError(_("没有这个申报或名单。"), code="filing.unknown")
    return known
