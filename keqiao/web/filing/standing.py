"""How one picture of a signature page stands against what is signed now, in words for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.scan import COUNTS, ScanState
from keqiao.web.filing.models import Scan, Seal
from keqiao.web.filing.stampable import ToSign, stampable

FITS, OUTDATED, UNSURE, WAITS, ASIDE = "fits", "outdated", "unsure", "waits", "aside"
CHIPS = {
    FITS: ("done", _("与现内容一致")),
    OUTDATED: ("warn", _("内容已改，需重盖")),
    UNSURE: ("warn", _("未能核对版本")),
    WAITS: ("warn", _("未识别")),
    ASIDE: ("", _("已搁置")),
}
SEAL_CHIPS = {Seal.YES.value: "done", Seal.NO.value: "warn", Seal.UNCLEAR.value: "warn"}


@dataclass(frozen=True, slots=True)
class BoxSeen:
    """A box of the page, and what was seen of a seal in it; ``words`` empty where none belongs there."""

    title: str
    chip: str
    words: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its standing. ``changed`` names what was changed since its page was printed."""

    scan: Scan
    chip: str
    words: Any
    boxes: Sequence[BoxSeen]
    changed: Sequence[str]
    is_outdated: bool


def shown_of(scan: Scan, now: ToSign | None) -> Shown:
    """Return how a picture stands against what is signed now (None: it is not known what is)."""
    standing = _standing(scan, now)
    chip, words = CHIPS[standing]
    changed: Sequence[str] = ()
    known = stampable(scan.about_kind)
    if standing == OUTDATED and known and now and scan.page and scan.about_id:
        changed = known.changes(scan.about_id, scan.page.version, now.version)
    return Shown(scan, chip, words, _boxes(scan), changed, standing == OUTDATED)


def _standing(scan: Scan, now: ToSign | None) -> str:
    state = ScanState(scan.state)
    if state not in COUNTS:
        return ASIDE if state is ScanState.SET_ASIDE else WAITS
    if scan.page is None or now is None:
        return UNSURE
    return FITS if scan.page.fingerprint == now.fingerprint else OUTDATED


def _boxes(scan: Scan) -> list[BoxSeen]:
    if scan.page is None:
        return []
    seals = [*scan.seals, *[Seal.NOT_ASKED.value] * len(scan.page.boxes)]
    return [
        BoxSeen(box["title"], SEAL_CHIPS.get(seen, ""), Seal(seen).label if box["seal"] else "")
        for box, seen in zip(scan.page.boxes, seals, strict=False)
    ]
