"""Every value of a programme that a notice may speak of, with its address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from keqiao.core.programme.amending.asked import Moment, Money, Number, Said, Subject, Words
from keqiao.core.programme.parties import Office
from keqiao.core.programme.rules.content import Count
from keqiao.core.programme.rules.decide import Publicity
from keqiao.core.programme.rules.limits import DeadlineRule, Period, Quota
from keqiao.core.programme.rules.papers import TextLimit
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.tree import Path, walk
from keqiao.core.programme.types import Category, Programme


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a value: node (id, "" for the whole call), slot, entry (id or ``@n``), and the field in it."""

    node: str
    slot: str
    entry: str = ""
    field: str = ""

    @property
    def key(self) -> str:
        """The address as one word."""
        return "|".join((self.node, self.slot, self.entry, self.field))


@dataclass(frozen=True, slots=True)
class Spot:
    """A value that stands at an address; ``labels`` are what the programme calls it (a metric, an office)."""

    address: Address
    subject: Subject
    said: Said
    labels: tuple[str, ...] = ()
    stage: str = ""

    @property
    def label(self) -> str:
        """What the programme calls it, for people."""
        return self.labels[0] if self.labels else ""


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """A node by which words may name a part of the call. ``path`` leads to a category, () to the call or a track."""

    identifier: str
    terms: Terms
    name: str = ""
    code: str = ""
    path: Path = ()
    track: str = ""


def nodes_of(programme: Programme) -> list[NodeInfo]:
    """The call, its tracks and its categories in order; a category knows its own or inherited track."""
    found = [NodeInfo("", programme)]
    found += [NodeInfo(track.id, track, track.name) for track in programme.tracks]
    tracks: dict[Path, str] = {(): ""}
    for path, category in walk(programme):
        tracks[path] = category.track or tracks[path[:-1]]
        found.append(NodeInfo(category.id, category, category.name, category.code or "", path, tracks[path]))
    return found


def spots_of(programme: Programme) -> list[Spot]:
    """All values of ``programme`` that a notice may replace, texts left out (see ``texts_of``)."""
    found: list[Spot] = []
    for node in nodes_of(programme):
        found += _days(node)
        found += _money(node)
        found += _numbers(node)
        found += _rules(node)
        found += _chains(node)
        found += _filing(node)
    for office in programme.office_list:
        found += _contacts(office)
    return found


def texts_of(programme: Programme) -> Iterator[Spot]:
    """Every wording of ``programme`` in which a quoted text may stand."""
    yield from _texts(Address("", "head", "", "title"), programme.title)
    for node in nodes_of(programme):
        if isinstance(node.terms, Category):
            for name in ("name", "content", "named_event"):
                yield from _texts(Address(node.identifier, "head", "", name), getattr(node.terms, name))
        yield from _texts_of_terms(node)
    for office in programme.office_list:
        yield from _texts(Address("", "office_list", office.id, "department"), office.department)
        yield from _texts(Address("", "office_list", office.id, "scope"), office.scope)


_TEXT_FIELDS = {
    "rules": "summary", "targets": "metric", "materials": "name", "deliverables": "name", "preferences": "words",
}  # fmt: skip


def _texts_of_terms(node: NodeInfo) -> Iterator[Spot]:
    for slot, name in _TEXT_FIELDS.items():
        for number, entry in enumerate(getattr(node.terms, slot)):
            where = Address(node.identifier, slot, getattr(entry, "id", f"@{number}"), name)
            yield from _texts(where, getattr(entry, name))
    if node.terms.applicants:
        for number, kind in enumerate(node.terms.applicants.kinds):
            yield from _texts(Address(node.identifier, "applicants", "", f"kinds.{number}"), kind)


def _texts(address: Address, value: object) -> Iterator[Spot]:
    if isinstance(value, str):
        yield Spot(address, Subject.TEXT, Words(value))


def _days(node: NodeInfo) -> Iterator[Spot]:
    terms = node.terms
    for slot, subject in (
        ("deadline", Subject.DEADLINE),
        ("completion", Subject.COMPLETION),
        ("opens", Subject.OPENS),
    ):
        stated = getattr(terms, slot)
        if stated is not None and isinstance(stated.on, date):
            yield Spot(
                Address(node.identifier, slot), subject, Moment(stated.on, getattr(stated, "at", None))
            )


def _money(node: NodeInfo) -> Iterator[Spot]:
    funding = node.terms.funding
    if funding is None or funding.kind == "none":
        return
    if funding.kind == "fixed":
        each = Money(funding.amount_fen, funding.amount_fen)
    elif funding.kind == "range":
        each = Money(funding.min_fen, funding.max_fen)
    elif funding.kind == "ceiling":
        each = Money(funding.max_fen, funding.max_fen, ceiling=True)
    else:
        each = None
    if each is not None:
        yield Spot(Address(node.identifier, "funding", "", "each"), Subject.FUNDING, each)
    if funding.total_fen is not None:
        total = Money(funding.total_fen, funding.total_fen)
        yield Spot(Address(node.identifier, "funding", "", "total"), Subject.TOTAL, total)


def _numbers(node: NodeInfo) -> Iterator[Spot]:
    terms = node.terms
    if terms.places is not None:
        places = terms.places
        low = places.count if places.count is not None else places.min
        high = None if places.count is not None else places.max
        if low is not None or high is not None:
            said = Number(Decimal(low if low is not None else high or 0), "", _decimal(high, low))
            yield Spot(Address(node.identifier, "places"), Subject.PLACES, said)
    if terms.per_unit_limit is not None:
        limit = Number(Decimal(terms.per_unit_limit.max))
        yield Spot(Address(node.identifier, "per_unit_limit", "", "max"), Subject.LIMIT, limit)
    for target in terms.targets:
        said = Number(Decimal(target.value), target.unit or "")
        where = Address(node.identifier, "targets", target.id, "value")
        yield Spot(where, Subject.TARGET, said, (target.metric,))
    for slot in ("materials", "deliverables"):
        for number, paper in enumerate(getattr(terms, slot)):
            if paper.copies is not None:
                where = Address(node.identifier, slot, f"@{number}", "copies")
                yield Spot(where, Subject.COPIES, Number(Decimal(paper.copies), "份"), (paper.name,))


def _decimal(high: int | None, low: int | None) -> Decimal | None:
    return Decimal(high) if high is not None and low is not None else None


_PAPER = re.compile(r"纸质|邮寄|寄送|现场报送")
_FORWARD = re.compile(r"推荐单位|推荐汇总|汇总|县[（(]?[^）)]{0,6}[）)]?科协.{0,6}报送|上报")


def stage_of(words: str) -> str:
    """Return which step other than the application itself these words speak of: ``paper``, ``forward`` or ""."""
    if _PAPER.search(words):
        return "paper"
    return "forward" if _FORWARD.search(words) else ""


def _rules(node: NodeInfo) -> Iterator[Spot]:
    for rule in node.terms.rules:
        where = Address(node.identifier, "rules", rule.id)
        if isinstance(rule, DeadlineRule) and isinstance(rule.date, date):
            stage = stage_of(f"{rule.scope or ''}{rule.summary}") if node.terms.deadline is None else ""
            yield Spot(_field(where, "date"), Subject.DEADLINE, Moment(rule.date), (rule.summary,), stage)
        elif isinstance(rule, Period) and isinstance(rule.finish_by, date):
            yield Spot(
                _field(where, "finish_by"), Subject.COMPLETION, Moment(rule.finish_by), (rule.summary,)
            )
        elif isinstance(rule, Quota) and rule.max is not None:
            said = Number(Decimal(rule.max), rule.unit or "")
            yield Spot(_field(where, "max"), Subject.LIMIT, said, (rule.summary,))
        elif isinstance(rule, Count | TextLimit):
            said = Number(Decimal(rule.value), rule.unit or "")
            label = rule.metric if isinstance(rule, Count) else rule.field
            yield Spot(_field(where, "value"), Subject.TARGET, said, (label,))
        elif isinstance(rule, Publicity) and rule.days is not None:
            said = Number(Decimal(rule.days), "个工作日" if rule.day_kind == "working" else "日")
            yield Spot(_field(where, "days"), Subject.TARGET, said, (rule.summary,))


def _field(address: Address, name: str) -> Address:
    return Address(address.node, address.slot, address.entry, name)


def _chains(node: NodeInfo) -> Iterator[Spot]:
    for chain in node.terms.endorsement:
        for number, step in enumerate(chain.steps):
            if isinstance(step.deadline, date):
                where = Address(node.identifier, "endorsement", chain.id, f"steps.{number}.deadline")
                yield Spot(where, Subject.DEADLINE, Moment(step.deadline), (step.words,), "forward")


def _filing(node: NodeInfo) -> Iterator[Spot]:
    filing = node.terms.filing
    if filing is None:
        return
    where = Address(node.identifier, "filing")
    if filing.copies is not None:
        yield Spot(_field(where, "copies"), Subject.COPIES, Number(Decimal(filing.copies), "份"))
    if filing.email is not None:
        yield Spot(_field(where, "email"), Subject.EMAIL, Words(filing.email))


def _contacts(office: Office) -> Iterator[Spot]:
    where = Address("", "office_list", office.id)
    labels = _office_names(office)
    lists: tuple[tuple[str, Subject, tuple[str, ...]], ...] = (
        ("phones", Subject.PHONE, office.phones),
        ("emails", Subject.EMAIL, office.emails),
    )
    for name, subject, values in lists:
        for number, value in enumerate(values):
            yield Spot(_field(where, f"{name}.{number}"), subject, Words(value), labels)
    single: tuple[tuple[str, Subject, Any], ...] = (
        ("name", Subject.PERSON, office.name),
        ("address", Subject.ADDRESS, office.address),
    )
    for name, subject, value in single:
        if value is not None:
            yield Spot(_field(where, name), subject, Words(value), labels)


_ASSOCIATION = re.compile(r"^.{0,8}(?:科协|科学技术协会)(?=.)")


def _office_names(office: Office) -> tuple[str, ...]:
    """What a notice may call an office: its department with and without the association, its person."""
    department = office.department or ""
    names = (department, _ASSOCIATION.sub("", department), office.name or "")
    return tuple(dict.fromkeys(name for name in names if name))
