"""Pages of the registers."""

from keqiao.web.registers.views.books import book, end, line, new_line, result, take_back
from keqiao.web.registers.views.debarments import debarment, debarments, new_debarment
from keqiao.web.registers.views.keeping import keeping, sharing, take_back_statement
from keqiao.web.registers.views.look_up import look_up, public_debarments
from keqiao.web.registers.views.overview import home, overview, own, party
from keqiao.web.registers.views.recognitions import (
    follow,
    merge,
    new_recognition,
    recognition,
)
from keqiao.web.registers.views.schemes import edit_scheme, new_scheme, scheme

__all__ = [
    "book",
    "debarment",
    "debarments",
    "edit_scheme",
    "end",
    "follow",
    "home",
    "keeping",
    "line",
    "look_up",
    "merge",
    "new_debarment",
    "new_line",
    "new_recognition",
    "new_scheme",
    "overview",
    "own",
    "party",
    "public_debarments",
    "recognition",
    "result",
    "scheme",
    "sharing",
    "take_back",
    "take_back_statement",
]
