"""Other ways to write the place a unit's name begins with: 河南省三门峡市果树学会, 三门峡果树学会.

A place is added or left out only where no other place could be meant: 吉林 may be the province or the city, and there
are seven districts called 鼓楼区, so names that begin with these have no other forms.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keqiao.core.identifiers.names import fold

ENDINGS = (
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "特别行政区",
    "自治区",
    "地区",
    "省",
    "市",
    "县",
    "区",
)
SHORTEST = 2
"""Characters of a place without its ending; 沛 of 沛县 could be part of any word."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the tree: its name and the id of the place above, None at the top."""

    name: str
    parent: int | None


class PlaceNames:
    """The places of a country, by every name that means one of them only."""

    def __init__(self, places: Mapping[int, Named]) -> None:
        """Take the places by id, those without a place above (the country itself) left out of names."""
        self._places = {pk: place for pk, place in places.items() if place.parent is not None}
        meant = defaultdict(set)
        for pk, place in self._places.items():
            for form in _forms(place.name):
                meant[form].add(pk)
        self._meant = {form: next(iter(ids)) for form, ids in meant.items() if len(ids) == 1}
        self._longest = max(map(len, self._meant), default=0)

    def other_forms(self, name: str) -> tuple[str, ...]:
        """Return the folded forms of ``name`` with its leading place written in the other ways, sorted.

        Empty where it begins with no place, or with one that could be several.
        """
        folded = fold(name)
        found = self._leading(folded)
        if found is None:
            return ()
        place, rest = found
        wholes = {form + rest for form in self._ways(place)}
        return tuple(sorted(wholes - {folded}))

    def _leading(self, folded: str) -> tuple[int, str] | None:
        """The lowest place at the beginning and what follows it; places above may stand before it."""
        place: int | None = None
        rest = folded
        while (step := self._first(rest)) is not None and (place is None or self._is_below(step[0], place)):
            place, rest = step
        return (place, rest) if place is not None and rest else None

    def _first(self, text: str) -> tuple[int, str] | None:
        for length in range(min(self._longest, len(text)), SHORTEST - 1, -1):
            if (place := self._meant.get(text[:length])) is not None:
                return place, text[length:]
        return None

    def _is_below(self, place: int, above: int) -> bool:
        return above in self._chain(place)

    def _chain(self, place: int) -> Iterable[int]:
        """The places above, the nearest first."""
        parent = self._places[place].parent
        while parent in self._places:
            yield parent
            parent = self._places[parent].parent

    def _ways(self, place: int) -> set[str]:
        own = self._clear(place)
        ways = set(own)
        above = list(self._chain(place))
        for top in above:
            ways |= {first + last for first in self._clear(top) for last in own}
        if len(above) == 2:
            near, far = above
            ways |= {a + b + c for a in self._clear(far) for b in self._clear(near) for c in own}
        return ways

    def _clear(self, place: int) -> set[str]:
        return {form for form in _forms(self._places[place].name) if self._meant.get(form) == place}


def _forms(name: str) -> set[str]:
    """The name as it stands, and without its ending."""
    folded = fold(name)
    ending = next((end for end in ENDINGS if folded.endswith(end)), "")
    bare = folded.removesuffix(ending)
    return {folded, bare} if ending and len(bare) >= SHORTEST else {folded}
