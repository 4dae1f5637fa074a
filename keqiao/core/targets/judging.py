"""Judges all targets of one project on one day from the records there are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.targets import ItemCondition, Target
from keqiao.core.targets.grouped import in_each, with_floor
from keqiao.core.targets.index import Index
from keqiao.core.targets.questions import Question, bound_of, due_of
from keqiao.core.targets.results import Alternatives, Judgement, Progress, Result, best, worst
from keqiao.core.targets.setting import Setting
from keqiao.core.targets.sifting import Sieve
from keqiao.core.targets.totals import in_total
from keqiao.core.targets.windows import Window, window_of


@dataclass(frozen=True, slots=True)
class _Case:
    setting: Setting
    words: FactWords
    sieve: Sieve
    targets: Mapping[str, Target]


def judge(targets: Sequence[Target], index: Index, setting: Setting) -> Judgement:
    """Judge ``targets``, all those of one project's category, by the records of ``index`` that are the project's.

    Unknown is never guessed: where what is missing (a field, a day, a base figure, an area, the office's tolerance)
    could turn the answer, the progress is ``person`` and the remarks say what is missing. The order of records
    makes no difference; results come in the order of ``targets``.
    """
    case = _Case(setting, index.words, Sieve(index, setting), {target.id: target for target in targets})
    results = tuple(_judged(target, case) for target in targets)
    return Judgement(results, tuple(_alternatives(results)))


def _judged(target: Target, case: _Case) -> Result:
    window = window_of(target, case.setting, case.words)
    if target.measure is None:
        return _unmeasured(target, case, window)
    question = Question(
        target=target,
        measure=target.measure,
        sifted=case.sieve.sift(target.measure.facts, _where(target, case), window),
        window=window,
        setting=case.setting,
        words=case.words,
        others=case.targets,
    )
    if target.measure.each:
        return in_each(question, target.measure.each)
    return with_floor(question, in_total(question))


def _unmeasured(target: Target, case: _Case, window: Window) -> Result:
    """A target that no record can count: a person decides, before the documents that bear its name."""
    named = (ItemCondition(of="kind", among=(target.metric,)),)
    sifted = case.sieve.sift("document", named, window)
    remark = Finding("target_result.unmeasured", Weight.ASK, {"metric": target.metric}, target.source)
    return Result(
        target=target,
        progress=Progress.PERSON,
        threshold=bound_of(target, case.setting).value,
        due=due_of(target, window, case.setting),
        counting=tuple(sorted(record.id for record in sifted.certain)),
        nearly=sifted.nearly,
        remarks=(remark,),
    )


def _where(target: Target, case: _Case) -> tuple[ItemCondition, ...]:
    """The conditions of ``target`` and of what it is a part of (其中): a part counts for its whole as well."""
    found: list[ItemCondition] = []
    seen: set[str] = set()
    step: Target | None = target
    while step is not None and step.id not in seen:
        seen.add(step.id)
        if step.measure and target.measure and step.measure.facts == target.measure.facts:
            found.extend(condition for condition in step.measure.where if condition not in found)
        step = case.targets.get(step.part_of or "")
    return tuple(found)


def _alternatives(results: Sequence[Result]) -> Iterator[Alternatives]:
    members: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.target.alternative_group:
            members[result.target.alternative_group].append(result)
    for name, group in members.items():
        decides = any(not (each.target.soft or each.target.optional) for each in group)
        ids, is_over = tuple(each.target.id for each in group), any(each.is_over for each in group)
        yield Alternatives(name, _of_alternatives(group), ids, decides, is_over)


def _of_alternatives(group: Sequence[Result]) -> Progress:
    """One of them is enough; where all are asked of the same areas or periods, one in each of these."""
    first = {each.key for each in group[0].groups}
    kinds = {each.target.measure.each if each.target.measure else None for each in group}
    if first and None not in kinds and all({one.key for one in each.groups} == first for each in group):
        by_key = [{one.key: one for one in each.groups} for each in group]
        return worst((best(of[key].progress for of in by_key), by_key[0][key].is_over) for key in first)
    return best(each.progress for each in group)
