"""Which applications have a place in the register of what units have in hand."""

from keqiao.web.registers.models import Holding
from keqiao.web.registers.models.entered import IN_USE
from keqiao.web.registers.models.history import HoldingStage


def projects_in_hand() -> frozenset[str]:
    """Return the ids of the applications that count as applied for."""
    rows = Holding.objects.filter(IN_USE, stage=HoldingStage.APPLIED.value, ended_on=None)
    return frozenset(rows.values_list("project", flat=True))
