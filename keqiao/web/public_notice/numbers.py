"""Document numbers of notices and awards, by the pattern of the association ({mark}〔{year}〕{number}号)."""

from typing import Any

from keqiao.web.public_notice.models import Award, Notice


def next_number(association: Any, year: int) -> str:
    """Return the next document number that nothing of this room has; officers may type another one.

    Empty where the association has given no letters for its numbers.
    """
    if not association.document_mark:
        return ""
    pattern = association.number_pattern.replace("{mark}", association.document_mark)
    stem = pattern.replace("{year}", str(year))
    taken = numbers_of(association.pk)
    running = 1
    while (number := stem.replace("{number}", str(running))) in taken:
        running += 1
    return number


def numbers_of(association_id: Any) -> set[str]:
    """Return the numbers that were given out here."""
    found: set[str] = set()
    for table in (Notice, Award):
        rows = table.objects.filter(association_id=association_id)
        found |= set(rows.exclude(number="").values_list("number", flat=True))
    return found
