"""Find organisations by what people write: their credit code, else their full, short or former name, with the place
written one way or another.

An answer is one organisation, several, or none; which of several is meant, a person says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID

from keqiao.core.identifiers import PlaceNames, fold
from keqiao.core.identifiers.place_names import Named
from keqiao.web.parties.models import NameKind, Organisation, PartyName, Region
from keqiao.web.parties.periods import on_day

CODE_LENGTH = 18
AT_ONCE = 500
"""Names looked up by one query: with their other forms this stays under the number of values SQLite takes."""


class How(IntEnum):
    """How a name was found. The full name on that day silences the other ways; between those nothing decides."""

    CODE = 0  # no name, but its credit code
    FULL = 1  # the full name on that day
    SHORT = 2  # the short name on that day
    FORMER = 3  # a name it bore before
    PLACE = 4  # a name with its leading place written in another way


@dataclass(frozen=True, slots=True)
class Match:
    """The organisations a name may mean. Several: the name does not say which. None: it is not known."""

    found: tuple[UUID, ...] = ()
    how: How | None = None

    @property
    def only(self) -> UUID | None:
        """The one organisation meant, or None."""
        return self.found[0] if len(self.found) == 1 else None


def match_organisations(texts: Collection[str], day: date) -> dict[str, Match]:
    """Return for each text the organisations it may mean on ``day``: four queries for each 500 texts at most.

    A merged organisation is answered by the one it was merged into.
    """
    texts = list(dict.fromkeys(texts))
    answers: dict[str, Match] = {}
    for start in range(0, len(texts), AT_ONCE):
        answers |= _match(texts[start : start + AT_ONCE], day)
    return answers


def place_names(day: date) -> PlaceNames:
    """Return the places of the tree in force on ``day``, to tell which other forms a name has."""
    rows = Region.objects.filter(on_day(day)).values_list("pk", "name", "parent_id")
    return PlaceNames({pk: Named(name, parent) for pk, name, parent in rows})


def _match(texts: list[str], day: date) -> dict[str, Match]:
    coded = _with_codes(texts)
    texts = [text for text in texts if text not in coded]
    exact = _bearers({fold(text) for text in texts} - {""}, day)
    answers = coded | {text: _best(exact[fold(text)]) for text in texts}
    missing = [text for text, match in answers.items() if not match.found and fold(text)]
    if not missing:
        return answers
    places = place_names(day)
    forms = {text: places.other_forms(text) for text in missing}
    near = _bearers({form for others in forms.values() for form in others}, day)
    for text, others in forms.items():
        found = {pk for form in others for pk, _how in near[form]}
        answers[text] = Match(tuple(sorted(found)), How.PLACE if found else None)
    return answers


def _with_codes(texts: Iterable[str]) -> dict[str, Match]:
    """The texts that are the credit code of somebody."""
    codes = {text: text.strip().upper() for text in texts if len(text.strip()) == CODE_LENGTH}
    if not codes:
        return {}
    rows = Organisation.objects.filter(credit_code__in=set(codes.values()))
    bearers = {row.credit_code: row.merged_into_id or row.pk for row in rows}
    return {text: Match((bearers[code],), How.CODE) for text, code in codes.items() if code in bearers}


def _bearers(folded: Collection[str], day: date) -> dict[str, list[tuple[UUID, How]]]:
    found: dict[str, list[tuple[UUID, How]]] = defaultdict(list)
    if not folded:
        return found
    rows = PartyName.objects.filter(folded__in=folded, party__organisation__isnull=False)
    for name in rows.select_related("party"):
        found[name.folded].append((name.party.merged_into_id or name.party_id, _how(name, day)))
    return found


def _how(name: PartyName, day: date) -> How:
    if name.valid_until is not None and name.valid_until < day:
        return How.FORMER
    return How.FULL if name.kind == NameKind.FULL.value else How.SHORT


def _best(bearers: Iterable[tuple[UUID, How]]) -> Match:
    bearers = list(bearers)
    if not bearers:
        return Match()
    named = {pk for pk, how in bearers if how is How.FULL}
    return Match(tuple(sorted(named or {pk for pk, _how in bearers})), min(how for _pk, how in bearers))
