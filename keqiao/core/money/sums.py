"""Which sums a number of places and an amount per project allow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """A least and a most, both included; ``most`` is None where there is no upper bound."""

    least: int
    most: int | None

    @property
    def is_empty(self) -> bool:
        """Is there no number between them?"""
        return self.most is not None and self.most < self.least

    def __contains__(self, number: int) -> bool:
        return self.least <= number and (self.most is None or number <= self.most)

    def __add__(self, other: "Bounds") -> "Bounds":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Bounds(self.least + other.least, most)


def possible_sums(places: Bounds, amount_fen: Bounds) -> Bounds:
    """The least and the greatest sum of ``places`` projects of ``amount_fen`` each, in fen."""
    most = None if places.most is None or amount_fen.most is None else places.most * amount_fen.most
    return Bounds(places.least * amount_fen.least, most)


def sum_fits(total_fen: int, places: Bounds, amount_fen: Bounds) -> bool:
    """Can ``total_fen`` be divided among an allowed number of projects, each within ``amount_fen``?

    With n projects the sum can be anything from n times the least to n times the most amount (in fen), so
    some n has to bring ``total_fen`` between them.
    """
    if amount_fen.most == 0 and total_fen > 0:
        return False
    fewest, most = max(places.least, 1 if total_fen else 0), places.most
    if amount_fen.most:
        fewest = max(fewest, -(-total_fen // amount_fen.most))
    if amount_fen.least:
        affordable = total_fen // amount_fen.least
        most = affordable if most is None else min(most, affordable)
    return not Bounds(fewest, most).is_empty


def divides_exactly(total_fen: int, places: Bounds, amount_fen: int) -> bool:
    """Is ``total_fen`` the sum of an allowed number of projects of exactly ``amount_fen``?"""
    if amount_fen == 0:
        return total_fen == 0
    return total_fen % amount_fen == 0 and total_fen // amount_fen in places
