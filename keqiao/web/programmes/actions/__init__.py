"""What changes calls. One act, one transaction, one event."""

from keqiao.web.programmes.actions.amending import (
    Verdict,
    accept_plain,
    open_again,
    settle,
    take_in,
    take_in_instead,
    tie_to_call,
)
from keqiao.web.programmes.actions.answers import Answer, answer_doubt, settle_leftover
from keqiao.web.programmes.actions.approval import ask_to_publish
from keqiao.web.programmes.actions.attaching import Attached, attach_document
from keqiao.web.programmes.actions.copying import Sheet, start_from_call, start_from_nothing
from keqiao.web.programmes.actions.corrections import (
    NewEntry,
    PartChange,
    add_entry,
    change_part,
    put_back,
)
from keqiao.web.programmes.actions.ending import cancel, close_due
from keqiao.web.programmes.actions.forms import NewForm, add_form
from keqiao.web.programmes.actions.history import redo, restore, undo
from keqiao.web.programmes.actions.merging_notices import merge_notice, take_up
from keqiao.web.programmes.actions.offering import offer_to_the_public
from keqiao.web.programmes.actions.opening import open_due
from keqiao.web.programmes.actions.publication import Signed, publish, publish_approved
from keqiao.web.programmes.actions.starting import (
    Original,
    load_again,
    read_again,
    start_from_definition,
    start_from_document,
)
from keqiao.web.programmes.actions.tree import (
    NewNode,
    NodeAct,
    NodeRemoval,
    Order,
    PartCopy,
    add_node,
    copy_node,
    copy_part,
    move_node,
    remove_node,
    reorder,
)

__all__ = [
    "Answer",
    "Attached",
    "NewEntry",
    "NewForm",
    "NewNode",
    "NodeAct",
    "NodeRemoval",
    "Order",
    "Original",
    "PartChange",
    "PartCopy",
    "Sheet",
    "Signed",
    "Verdict",
    "accept_plain",
    "add_entry",
    "add_form",
    "add_node",
    "answer_doubt",
    "ask_to_publish",
    "attach_document",
    "cancel",
    "change_part",
    "close_due",
    "copy_node",
    "copy_part",
    "load_again",
    "merge_notice",
    "move_node",
    "offer_to_the_public",
    "open_again",
    "open_due",
    "publish",
    "publish_approved",
    "put_back",
    "read_again",
    "redo",
    "remove_node",
    "reorder",
    "restore",
    "settle",
    "settle_leftover",
    "start_from_call",
    "start_from_definition",
    "start_from_document",
    "start_from_nothing",
    "take_in",
    "take_in_instead",
    "take_up",
    "tie_to_call",
    "undo",
]
