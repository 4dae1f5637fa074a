"""What a node of the tree states, slot by slot, as sentences that know their facts."""

from collections.abc import Iterator
from dataclasses import dataclass

from keqiao.core.programme.funding import Places
from keqiao.core.programme.papers import Paper
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category
from keqiao.writers.notice.blocks import Pointer, Said, Sentence, say
from keqiao.writers.notice.figures import day, figure, funding_words, span
from keqiao.writers.notice.plan import Wording
from keqiao.writers.notice.rules import listed, rule_words
from keqiao.writers.notice.targets import target_sentences


@dataclass(frozen=True, slots=True)
class SlotWords:
    """One slot of a node: its name (a key of ``Wording.labels``) and its sentences."""

    slot: str
    sentences: tuple[Sentence, ...]


def slots_of(category: Category, at: Pointer, wording: Wording) -> Iterator[SlotWords]:
    """All that a category states, in the order of a guide; slots without words are left out."""
    for slot, sentences in _slots(category, at, wording):
        if sentences:
            yield SlotWords(slot, sentences)


def _slots(category: Category, at: Pointer, wording: Wording) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
    yield "content", (say(category.content, (*at, "content")),) if category.content else ()
    yield "applicants", applicant_sentences(category, at)
    yield "conditions", condition_sentences(category, at, wording)
    yield (
        "targets",
        tuple(target_sentences(category.targets, at, wording)) + tuple(_deliverables(category, at)),
    )
    yield "money", money_sentences(category, at, wording)
    yield "places", place_sentences(category, at, wording)
    yield from time_slots(category, at)
    yield "limit", limit_sentences(category, at, wording)
    yield (
        "preference",
        tuple(
            say(preference.words, (*at, "preferences", n))
            for n, preference in enumerate(category.preferences)
        ),
    )
    yield "materials", tuple(_papers(category.materials, (*at, "materials"), wording))
    yield "spending", tuple(_spending(category, at))
    yield "endorsement", chain_sentences(category, at)


def applicant_sentences(terms: Terms, at: Pointer) -> tuple[Sentence, ...]:
    """Who may apply."""
    found: list[Sentence] = []
    if terms.open_to_applicants is False:
        found.append(say("本项由主办单位组织实施，不受理申报", (*at, "open_to_applicants")))
    if terms.applicants:
        found.append(say(listed(terms.applicants.kinds), (*at, "applicants")))
    return tuple(found)


def condition_sentences(terms: Terms, at: Pointer, wording: Wording) -> tuple[Sentence, ...]:
    """The rules, then what else the node asks of applicants: for whom, bundles, own topics; what it gives."""
    found = [say(rule_words(rule, wording), (*at, "rules", n)) for n, rule in enumerate(terms.rules)]
    if terms.beneficiary:
        found.append(say(f"受益对象为{listed(terms.beneficiary.kinds)}", (*at, "beneficiary")))
    if terms.bundle:
        names = "、".join(child.name for child in terms.bundle.children)
        more = "等" if terms.bundle.open_list else ""
        found.append(say(f"须同时申报{names}{more}", (*at, "bundle")))
    if terms.regime and terms.regime.kind == "self_proposed":
        where = f"，选题范围为{listed(terms.regime.range)}" if terms.regime.range else ""
        found.append(say(f"申报单位可自行拟定选题{where}", (*at, "regime")))
    if terms.outcome and (terms.outcome.title or terms.outcome.role):
        given = [f"授予“{terms.outcome.title}”称号" if terms.outcome.title else "",
                 f"作为{listed(terms.outcome.role)}" if terms.outcome.role else ""]  # fmt: skip
        found.append(say(f"入选的{'，'.join(words for words in given if words)}", (*at, "outcome")))
    return tuple(found)


def money_sentences(terms: Terms, at: Pointer, wording: Wording) -> tuple[Sentence, ...]:
    """What a project gets."""
    return (say(funding_words(terms.funding, wording), (*at, "funding")),) if terms.funding else ()


def place_sentences(terms: Terms, at: Pointer, wording: Wording) -> tuple[Sentence, ...]:
    """How many are selected."""
    return (say(_places(terms.places, wording), (*at, "places")),) if terms.places else ()


def _places(places: Places, wording: Wording) -> str:
    if places.count is not None:
        return wording.places.format(n=figure(places.count, wording), item="项")
    if places.min is None:
        return f"不超过{figure(places.max or 0, wording)}项"
    if places.max is None:
        return f"不少于{figure(places.min, wording)}项"
    return f"{places.min}—{places.max}项"


def time_slots(terms: Terms, at: Pointer) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
    """When a project has to be completed, and how long it runs."""
    if terms.completion:
        yield "completion", (say(f"{day(terms.completion.on)}前完成", (*at, "completion")),)
    if terms.term:
        yield "term", (say(span(terms.term), (*at, "term")),)


def limit_sentences(terms: Terms, at: Pointer, wording: Wording) -> tuple[Sentence, ...]:
    """How many one unit may apply for."""
    if terms.per_unit_limit is None:
        return ()
    number = figure(terms.per_unit_limit.max, wording)
    return (say(wording.limit.format(n=number, item="项"), (*at, "per_unit_limit")),)


def _papers(papers: tuple[Paper, ...], at: Pointer, wording: Wording) -> Iterator[Sentence]:
    for n, paper in enumerate(papers):
        copies = f"{figure(paper.copies, wording)}份" if paper.copies else ""
        yield say(f"{paper.name}{copies}", (*at, n))


def _deliverables(category: Category, at: Pointer) -> Iterator[Sentence]:
    if category.deliverables:
        parts: list[Said] = [Said("项目完成时提交")]
        for n, paper in enumerate(category.deliverables):
            parts += [Said("、")] if n else []
            parts.append(Said(paper.name, (*at, "deliverables", n)))
        yield tuple(parts)


def _spending(category: Category, at: Pointer) -> Iterator[Sentence]:
    for n, spending in enumerate(category.spending):
        if spending.kinds:
            yield say(f"{listed(spending.kinds)}{'等' if spending.open else ''}", (*at, "spending", n))
        if spending.forbidden:
            yield say(f"不得用于{listed(spending.forbidden)}", (*at, "spending", n))


def chain_sentences(terms: Terms, at: Pointer) -> tuple[Sentence, ...]:
    """The steps of each chain of endorsement in one sentence."""
    found = []
    for n, chain in enumerate(terms.endorsement):
        who = f"{listed(chain.applies_to)}：" if chain.applies_to else ""
        most = f"，每个推荐单位限推荐{chain.per_endorser_max}项" if chain.per_endorser_max else ""
        steps = "，".join(step.words for step in chain.steps)
        found.append(say(f"{who}{steps}{most}{'并排序' if chain.ranked else ''}", (*at, "endorsement", n)))
    return tuple(found)
