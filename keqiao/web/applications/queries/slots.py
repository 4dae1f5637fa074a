"""Slots for files in the form of an application, and what its answers name in them."""

from dataclasses import dataclass
from typing import Any

from keqiao.core.programme.forms.fields import FileField
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries.contents import answers_of, specification_of


@dataclass(frozen=True, slots=True)
class InSlot:
    """A file that the answers of an application name: in which field, and the entry itself."""

    field: str
    entry: dict[str, Any]


def file_slots(application: Application) -> list[FileField]:
    """Return the slots for files in the form of an application, in its order."""
    specification = specification_of(application)
    return [each for each in specification.fields if isinstance(each, FileField)] if specification else []


def in_slots(application: Application) -> list[InSlot]:
    """Return the files that the answers name now, in the order of the form."""
    answers = answers_of(application)
    return [
        InSlot(slot.id, entry) for slot in file_slots(application) for entry in answers.get(slot.id) or []
    ]
