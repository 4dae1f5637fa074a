"""Ids that are repeated, and references that lead nowhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.facts import Fact
from keqiao.core.programme.forms import Form
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.conduct import Conform
from keqiao.core.programme.rules.limits import Quota
from keqiao.core.programme.rules.papers import EndorsementRule
from keqiao.core.programme.types import Category, Programme
from keqiao.core.programme.validation.nodes import At, Node, categories, nodes


def repeated_ids(programme: Programme) -> Iterator[Finding]:
    """Ids that stand twice among categories, rules, targets and chains, or in one of the lists."""
    top = next(nodes(programme))
    for what, entries in _ids(programme).items():
        first: set[str] = set()
        for identifier, at in entries:
            if identifier in first:
                yield top.finding(
                    "programme.id_repeated", Weight.REFUSE, at, what=f"word.{what}", id=identifier
                )
            first.add(identifier)


def _ids(programme: Programme) -> dict[str, list[tuple[str, At]]]:
    found: dict[str, list[tuple[str, At]]] = {
        what: [(entry.id, (what, number)) for number, entry in enumerate(getattr(programme, what))]
        for what in ("documents", "office_list", "forms", "regulations", "base_figures", "tracks")
    }
    found["categories"] = [(node.path[-1], node.at) for node in categories(programme)]
    for what in ("rules", "targets", "endorsement"):
        found[what] = [
            (entry.id, (*node.at, what, number))
            for node in nodes(programme)
            for number, entry in enumerate(getattr(node.terms, what))
        ]
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that references may name, by what they are ids of."""

    categories: frozenset[str]
    offices: frozenset[str]
    forms: frozenset[str]
    tracks: frozenset[str]
    documents: frozenset[str]
    regulations: frozenset[str]
    targets: frozenset[str]
    rules: frozenset[str]
    chains: frozenset[str]


def _known(programme: Programme) -> Known:
    every = list(nodes(programme))
    return Known(
        categories=frozenset(node.path[-1] for node in categories(programme)),
        offices=frozenset(office.id for office in programme.office_list),
        forms=frozenset(form.id for form in programme.forms),
        tracks=frozenset(track.id for track in programme.tracks),
        documents=frozenset(document.id for document in programme.documents),
        regulations=frozenset(regulation.id for regulation in programme.regulations),
        targets=frozenset(target.id for node in every for target in node.terms.targets),
        rules=frozenset(rule.id for node in every for rule in node.terms.rules),
        chains=frozenset(chain.id for node in every for chain in node.terms.endorsement),
    )


Reference = tuple[str, str | None, At]
"""What is referred to (a field of ``Known``), its id, and where the reference stands in its node."""


def broken_references(programme: Programme) -> Iterator[Finding]:
    """References to an id that the programme does not have; bundles that name themselves or nothing."""
    known = _known(programme)
    for node in nodes(programme):
        for what, identifier, at in _references(node, programme):
            if identifier is not None and identifier not in getattr(known, what):
                yield node.finding(
                    "programme.reference_missing", Weight.REFUSE, at, what=f"word.{what}", id=identifier
                )
        yield from _bundle_faults(node)


def _references(node: Node, programme: Programme) -> Iterator[Reference]:
    terms = node.terms
    yield "forms", terms.form, ("form",)
    if isinstance(terms, Category):
        yield "tracks", terms.track, ("track",)
    for number, office in enumerate(terms.offices):
        yield "offices", office, ("offices", number)
    for number, rule in enumerate(terms.rules):
        yield from _of_rule(rule, ("rules", number))
    yield from _of_lists(node)
    yield from _of_bundle(node)
    yield from _of_sources(node)
    if not node.at:
        for number, attachment in enumerate(programme.attachments):
            yield "forms", attachment.form, ("attachments", number, "form")
        yield from _of_forms(programme)


def _of_forms(programme: Programme) -> Iterator[Reference]:
    """The rules that fields decide, the categories that they are limited to: one that leads nowhere is never asked."""
    for number, form in enumerate(programme.forms):
        for place, field in enumerate(form.fields):
            at: At = ("forms", number, "fields", place)
            yield "rules", field.rule, (*at, "rule")
            for each, category in enumerate(field.only_in):
                yield "categories", category, (*at, "only_in", each)


def _of_lists(node: Node) -> Iterator[Reference]:
    terms = node.terms
    for what in ("materials", "deliverables"):
        for number, paper in enumerate(getattr(terms, what)):
            yield "forms", paper.form, (what, number, "form")
    for number, target in enumerate(terms.targets):
        yield "targets", target.part_of, ("targets", number, "part_of")
        yield "targets", target.relative_to, ("targets", number, "relative_to")
    for number, chain in enumerate(terms.endorsement):
        for step_number, step in enumerate(chain.steps):
            yield "offices", step.office, ("endorsement", number, "steps", step_number, "office")


def _of_rule(rule: AnyRule, at: At) -> Iterator[Reference]:
    if isinstance(rule, Quota):
        for number, category in enumerate(rule.across):
            yield "categories", category, (*at, "across", number)
    elif isinstance(rule, Conform):
        yield "regulations", rule.regulation, (*at, "regulation")
    elif isinstance(rule, EndorsementRule):
        yield "chains", rule.chain, (*at, "chain")
        for number, step in enumerate(rule.steps):
            yield "offices", step.office, (*at, "steps", number, "office")


def _of_bundle(node: Node) -> Iterator[Reference]:
    bundle = node.terms.bundle
    if bundle is None:
        return
    for number, child in enumerate(bundle.children):
        yield "categories", child.category, ("bundle", "children", number, "category")
    several = bundle.which_of_several
    for number, category in enumerate(several.categories if several else ()):
        yield "categories", category, ("bundle", "which_of_several", "categories", number)


_SINGLE = ("applicants", "funding", "places", "deadline", "completion", "term", "filing", "bundle", "outcome")
_LISTS = ("rules", "targets", "endorsement", "materials", "deliverables", "spending", "preferences")


def _of_sources(node: Node) -> Iterator[Reference]:
    yield from _of_source(node.terms, ())
    for name in _SINGLE:
        yield from _of_source(getattr(node.terms, name), (name,))
    for name in _LISTS:
        entries: Iterable[Fact] = getattr(node.terms, name)
        for number, entry in enumerate(entries):
            yield from _of_source(entry, (name, number))


def _of_source(fact: Fact | Form | None, at: At) -> Iterator[Reference]:
    if fact is not None and fact.source is not None:
        yield "documents", fact.source.document, (*at, "source", "document")


def _bundle_faults(node: Node) -> Iterator[Finding]:
    bundle = node.terms.bundle
    if bundle is None:
        return
    for number, child in enumerate(bundle.children):
        at: At = ("bundle", "children", number)
        if child.category is None:
            yield node.finding(
                "programme.bundle_child_unknown", Weight.WARN, at, source=bundle.source, name=child.name
            )
        elif child.category in node.path:
            yield node.finding(
                "programme.bundle_of_itself", Weight.REFUSE, at, source=bundle.source, name=child.name
            )
    several = bundle.which_of_several
    children = {child.category for child in bundle.children}
    for number, category in enumerate(several.categories if several else ()):
        if category not in children:
            at = ("bundle", "which_of_several", "categories", number)
            yield node.finding("programme.bundle_choice_outside", Weight.REFUSE, at, id=category)
