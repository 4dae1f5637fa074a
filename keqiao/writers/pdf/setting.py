"""Sets papers in type, in a child with limits: words that people typed meet a large library there.

The child stands ready for the next paper, its fonts at hand; each paper has the limits for itself.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from keqiao.confined import Ended
from keqiao.standing import Work, ask
from keqiao.writers.pdf.fonts import FOLDERS

SECONDS: Final = 20  # for each paper
MEMORY_MB: Final = 2048  # address space: fonts are mapped, not read


class NotSet(Exception):
    """The paper could not be set; the text says why. ``too_large`` tells that it took too much time or memory."""

    def __init__(self, why: str, *, too_large: bool = False) -> None:
        super().__init__(why)
        self.too_large = too_large


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF (PDF/A-2b), and the characters that no font had: 〓 stands in their place."""

    pdf: bytes
    missing: str = ""


def typeset(
    template: str, values: Mapping[str, Any], *, at: datetime, folders: Sequence[Path] = FOLDERS
) -> Paper:
    """Set ``values`` by the template of that name. The same arguments and fonts give the same bytes.

    ``at`` is the moment that the PDF says it was made at.

    Raises:
        NotSet: it took too much time or memory, a font is not there, or the template has a fault.
    """
    order = {
        "template": template,
        "values": values,
        "at": int(at.timestamp()),
        "folders": [str(folder.resolve()) for folder in folders if folder.is_dir()],
    }
    work = Work("keqiao.writers.pdf.child", SECONDS, MEMORY_MB)
    try:
        answer = ask(work, json.dumps(order, ensure_ascii=False).encode("utf-8", "replace"))
    except Ended as ended:
        raise NotSet(str(ended), too_large=True) from ended
    words, _, pdf = answer.partition(b"\n")
    said = json.loads(words)
    if "failed" in said:
        raise NotSet(said["failed"])
    return Paper(pdf, said["missing"])
