"""What changes calls. One act, one transaction, one event."""

from keqiao.web.programmes.actions.answers import Answer, answer_doubt, settle_leftover
from keqiao.web.programmes.actions.attaching import Attached, attach_document
from keqiao.web.programmes.actions.corrections import Change, Edit, correct
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
    "Edit",
    "Original",
    "answer_doubt",
    "attach_document",
    "correct",
    "load_again",
    "publish",
    "read_again",
    "settle_leftover",
    "start_from_definition",
    "start_from_document",
]
