"""What changes calls. One act, one transaction, one event."""

from keqiao.web.programmes.actions.answers import Answer, answer_doubt, settle_leftover
from keqiao.web.programmes.actions.attaching import Attached, attach_document
from keqiao.web.programmes.actions.corrections import (
    Change,
    NewEntry,
    PartChange,
    add_entry,
    change_part,
    correct,
)
from keqiao.web.programmes.actions.history import redo, restore, undo
from keqiao.web.programmes.actions.offering import offer_to_the_public
from keqiao.web.programmes.actions.publication import publish
from keqiao.web.programmes.actions.starting import (
    Original,
    load_again,
    read_again,
    start_from_definition,
    start_from_document,
)

__all__ = [
    "Answer",
    "Attached",
    "Change",
    "NewEntry",
    "Original",
    "PartChange",
    "add_entry",
    "answer_doubt",
    "attach_document",
    "change_part",
    "correct",
    "load_again",
    "offer_to_the_public",
    "publish",
    "read_again",
    "redo",
    "restore",
    "settle_leftover",
    "start_from_definition",
    "start_from_document",
    "undo",
]
