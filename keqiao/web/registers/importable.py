"""The tables of this room that can be imported (see ``imports.sheet_kinds``)."""

from keqiao.web.registers.history_sheets.debarments import DEBARMENTS
from keqiao.web.registers.history_sheets.past import PAST
from keqiao.web.registers.history_sheets.recognitions import RECOGNITIONS

SHEETS = (RECOGNITIONS, DEBARMENTS, PAST)
