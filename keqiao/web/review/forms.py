"""What the pages of the formal check ask."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.core.rules.formal_check import Point, Said
from keqiao.web.review.actions import Answered
from keqiao.web.review.models.checks import LONGEST_REASON

SAID, REASON = "said:", "reason:"
KNOWN = frozenset(said.value for said in Said)


class ReasonForm(forms.Form):
    """Why something is refused or taken back."""

    reason = forms.CharField(
        label=_("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


def answers_in(
    data: Mapping[str, str], points: Iterable[Point], standing: Mapping[str, tuple[str, str]]
) -> list[Answered]:
    """Return the answers in a form that differ from those that stand (answer and reason by key of the point)."""
    found = []
    for point in points:
        said, reason = data.get(f"{SAID}{point.key}", ""), data.get(f"{REASON}{point.key}", "").strip()
        if said in KNOWN and (said, reason) != standing.get(point.key, ("", "")):
            found.append(Answered(point.key, Said(said), reason))
    return found


def the_rest(points: Iterable[Point], answered: Iterable[str]) -> list[Answered]:
    """Return that every point meets what is asked of which nothing has been said yet."""
    known = frozenset(answered)
    return [Answered(point.key, Said.MEETS) for point in points if point.key not in known]
