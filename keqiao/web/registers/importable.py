"""The tables of this room that can be imported (see ``imports.sheet_kinds``)."""

from keqiao.web.registers.history_sheets.affairs import AFFAIRS
from keqiao.web.registers.history_sheets.debarments import DEBARMENTS
from keqiao.web.registers.history_sheets.holdings import HOLDINGS
from keqiao.web.registers.history_sheets.incidents import INCIDENTS
from keqiao.web.registers.history_sheets.past import PAST
from keqiao.web.registers.history_sheets.platform_counts import PLATFORM_COUNTS
from keqiao.web.registers.history_sheets.platforms import PLATFORMS
from keqiao.web.registers.history_sheets.recognitions import RECOGNITIONS

SHEETS = (RECOGNITIONS, DEBARMENTS, PAST, HOLDINGS, AFFAIRS, PLATFORMS, PLATFORM_COUNTS, INCIDENTS)
