"""Reads the register of paper: what each application owes, what came, what lacks. A constant number of queries."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from keqiao.core.identifiers.page_code import read_page_code
from keqiao.web.applications import queries as applications
from keqiao.web.applications.offices import Category, categories_in
from keqiao.web.applications.queries.on_file import APPLICATION, numbered
from keqiao.web.filing.models import PaperReceipt, SignaturePage
from keqiao.web.filing.papers_owed import Owed, owed_in_each

COUNTS = Q(papers__taken_back_at__isnull=True)
NUMBER = re.compile(r"[^\s/]{3,88}")
OWES = Q(copies_owed__gt=0) | Q(proofs_owed__gt=0)
LACKS = Q(copies_came__lt=F("copies_owed")) | Q(proofs_came__lt=F("proofs_owed"))
CAME_LATE = Q(has_late=True)
STATES: dict[str, Q] = {"lacks": OWES & LACKS, "complete": OWES & ~LACKS, "nothing": ~OWES, "late": CAME_LATE}


def registered(viewer: Any, at: datetime) -> tuple[QuerySet[Any], dict[Category, Owed]]:
    """Return what was submitted to the viewer's associations, with ``copies_owed``, ``copies_came`` and the like.

    The second is what each of the categories wants.
    """
    rows = applications.office_applications(viewer, at)
    owed = dict(owed_in_each(categories_in(rows)))
    late = PaperReceipt.objects.filter(application=OuterRef("pk"), taken_back_at__isnull=True, is_late=True)
    return rows.annotate(
        copies_owed=_wanted(owed, lambda each: each.copies),
        proofs_owed=_wanted(owed, lambda each: each.proofs),
        copies_came=Coalesce(Sum("papers__copies", filter=COUNTS), 0),
        proofs_came=Coalesce(Sum("papers__proofs", filter=COUNTS), 0),
        last_came=Max("papers__came_on", filter=COUNTS),
        has_late=Exists(late),
    ), owed


def _wanted(owed: dict[Category, Owed], number: Callable[[Owed], int]) -> Any:
    cases = [
        When(revision_id=revision, node=node, then=Value(number(each)))
        for (revision, node), each in owed.items()
        if number(each)
    ]
    return (
        Case(*cases, default=0, output_field=IntegerField())
        if cases
        else Value(0, output_field=IntegerField())
    )


def application_with(viewer: Any, typed: str, at: datetime) -> Any:
    """Return the application that an officer means by a number that was typed or scanned; nothing without one.

    Scanners type the whole code of a paper: an address with the number of a submission or of the application in it, or
    the code of a signature page.
    """
    rows = applications.office_applications(viewer, at)
    if (code := read_page_code(typed.strip("\r\n\t"))) is not None:
        page = SignaturePage.objects.filter(pk=code.page, about_kind=APPLICATION).first()
        return rows.filter(pk=page.about_id).first() if page else None
    words = [*dict.fromkeys([typed.strip(), *NUMBER.findall(typed)])][:12]
    found = rows.filter(numbered(words)).distinct()[:2]
    return found[0] if len(found) == 1 else None
