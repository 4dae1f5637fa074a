"""What must always hold of imports: their states, and that rows that are done name their record."""

from keqiao.web.audit.verification import Check, Outcome, compare_states
from keqiao.web.imports.models import Import, ImportState

STATE_AFTER = {
    "begun": ImportState.QUEUED.value,
    "checked": ImportState.READY.value,
    "reading_failed": ImportState.FAILED.value,
    "started": ImportState.IMPORTING.value,
    "stopped": ImportState.READY.value,
    "finished": ImportState.DONE.value,
    "dropped": ImportState.DROPPED.value,
}


def check_states() -> Outcome:
    """Check that each import stands where its events say. While it is being checked there is no event of that."""
    at_rest = Import.objects.exclude(state=ImportState.CHECKING)
    return compare_states(
        Import._meta.label_lower, at_rest.values_list("pk", "state").iterator(), STATE_AFTER
    )


CHECKS: list[tuple[str, Check]] = [("imports: states", check_states)]
