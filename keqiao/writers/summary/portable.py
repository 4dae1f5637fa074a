"""The summary table as PDF, by the template ``summary.typ``."""

from collections.abc import Sequence
from pathlib import Path

from keqiao.writers.forms.code import as_svg
from keqiao.writers.notice.titles import title_lines
from keqiao.writers.notice.watermark import DRAFT
from keqiao.writers.pdf import FOLDERS, Paper, typeset
from keqiao.writers.summary.value import Summary, in_words, shares

TITLE_ROOM = 34.0
"""Characters of the title on a line."""


def set_summary(summary: Summary, folders: Sequence[Path] = FOLDERS) -> Paper:
    """Set the table in type. The same summary gives the same bytes.

    Raises:
        NotSet: it is too large, or a font is not there.
    """
    imprint = summary.imprint
    label, *sums = map(in_words, summary.totals())
    reach = summary.label_reach()
    values = {
        "about": {"title": summary.title, "issuers": list(imprint.issuers), "keywords": imprint.keywords},
        "language": summary.language,
        "title": list(title_lines(summary.title, TITLE_ROOM)),
        "head": list(summary.head),
        "columns": [
            {"label": column.label, "kind": column.kind.value, "share": share}
            for column, share in zip(summary.columns, shares(summary.columns), strict=True)
        ],
        "rows": [[in_words(entry) for entry in row] for row in summary.rows],
        "total": {"label": label, "across": reach, "sums": sums[reach - 1 :]},
        "signed": list(summary.foot),
        "notes": list(summary.notes),
        "draft": DRAFT if imprint.is_draft else "",
        "foot": {
            "mark": summary.fingerprint,
            "code": as_svg(imprint.address) if imprint.address else "",
        },
    }
    return typeset("summary", values, at=imprint.at, folders=folders)
