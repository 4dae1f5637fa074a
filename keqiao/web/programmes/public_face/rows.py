"""The rows that lists, statistics and calendars read instead of definitions, made from the revisions of a call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from keqiao.core.programme import Programme
from keqiao.core.programme.milestones import dated
from keqiao.core.programme.offers import Offered, offered, shared_sums
from keqiao.readers.search_words import applicant_kinds, themes, words_of
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Call, Milestone, Offer, Portion

BAR = "|"
NOT_COMPARED = {"id", "call"}


@dataclass(frozen=True, slots=True)
class PublicRows:
    """All rows of one call, not yet saved."""

    offers: list[Offer]
    portions: list[Portion]
    milestones: list[Milestone]

    @property
    def tables(self) -> tuple[tuple[type[Model], list[Any]], ...]:
        """Each table with its rows."""
        return (Offer, self.offers), (Portion, self.portions), (Milestone, self.milestones)


def rows_of(call: Call) -> PublicRows:
    """Return what the revisions of ``call`` come to. Reads all of them: calendars tell how often a date moved."""
    revisions = list(call.revisions.order_by("number"))
    programmes = [programme_of(revision.definition) for revision in revisions]
    newest = programmes[-1]
    offers = offered(newest, words_of(applicant_kinds()), words_of(themes()))
    return PublicRows(
        [_offer(call, place, each) for place, each in enumerate(offers)],
        list(_portions(call, newest, offers)),
        list(_milestones(call, programmes, {r.number: r.published_at for r in revisions})),
    )


def values_of(row: Model) -> dict[str, Any]:
    """Return what a row says, to be compared with another of the same table."""
    names = (f.attname for f in row._meta.concrete_fields if f.name not in NOT_COMPARED)
    return {name: getattr(row, name) for name in names}


def between_bars(codes: Iterable[str]) -> str:
    """Write codes so that a part of the text finds each whole: ``|society|county|``."""
    listed = list(codes)
    return f"{BAR}{BAR.join(listed)}{BAR}" if listed else ""


def codes_between_bars(text: str) -> list[str]:
    """Read codes as ``between_bars`` wrote them."""
    return [code for code in text.split(BAR) if code]


def _offer(call: Call, position: int, offer: Offered) -> Offer:
    return Offer(
        call=call,
        position=position,
        node=offer.node,
        name=offer.name[:300],
        group=offer.group[:600],
        applicants=between_bars(offer.applicants),
        themes=between_bars(offer.themes)[:200],
        outcome=offer.outcome,
        least_fen=offer.least_fen,
        most_fen=offer.most_fen,
        total_fen=offer.total_fen,
        places=offer.places,
        opens_at=offer.opens_at,
        deadline_at=offer.deadline_at,
        invented=offer.invented,
    )


def _portions(call: Call, programme: Programme, offers: tuple[Offered, ...]) -> Iterable[Portion]:
    for place, each in enumerate(shared_sums(programme, offers)):
        yield Portion(
            call=call,
            position=place,
            categories=len(each.nodes),
            applicants=between_bars(each.applicants),
            themes=between_bars(each.themes)[:200],
            total_fen=each.total_fen,
            places=each.places,
            invented=each.invented,
        )


def _milestones(call: Call, programmes: list[Programme], times: Mapping[int, Any]) -> Iterable[Milestone]:
    for each in dated(programmes):
        yield Milestone(
            call=call,
            node=each.milestone.node,
            kind=each.milestone.kind,
            name=each.milestone.name[:300],
            on=each.milestone.on,
            at=each.milestone.at,
            invented=each.milestone.invented,
            changes=each.changes,
            changed_at=times[each.revision],
            dropped=each.dropped,
        )
