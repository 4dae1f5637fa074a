"""What the blanks of a page are called: ``f.<field>``, with the row and the part behind it."""

ASKED = "asked"
"""Names, once for each, the fields that the page asked: an empty one of these was emptied, others were not shown."""
OTHER = "other"
ROWS = "rows"


def blank_name(field: str, *place: str | int) -> str:
    """Return the name of a blank, which is its id on the page too: ``f.budget.0.grant``."""
    return ".".join(["f", field, *map(str, place)])
