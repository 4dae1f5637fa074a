"""When a child that died is started again."""

SHORTEST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
HEALTHY_AFTER_SECONDS = 60.0


def failures_in_a_row(before: int, ran_seconds: float) -> int:
    """Return the failures in a row when a child ends; after a run as long as this it is the first again."""
    return 1 if ran_seconds >= HEALTHY_AFTER_SECONDS else before + 1


def pause_before_restart(failures: int) -> float:
    """Return the seconds to wait after ``failures`` (1 or more) in a row: doubled each time, at most 60."""
    return min(SHORTEST_PAUSE_SECONDS * 2 ** (failures - 1), LONGEST_PAUSE_SECONDS)
