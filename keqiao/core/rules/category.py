"""May this applicant apply here? Each category of a call compiled once, and asked about any number of cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from keqiao.core.programme import Programme, Stated
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.who import History
from keqiao.core.rules.answers import CategoryAnswer, Judged, Verdict, When
from keqiao.core.rules.asking import APPLICANT, Frame
from keqiao.core.rules.engine.compiled import Compiled, compile_rule
from keqiao.core.rules.engine.tree import Truth
from keqiao.core.rules.evaluators import ask
from keqiao.core.rules.evaluators.bodies import of_kinds
from keqiao.core.rules.facts import UNKNOWN, Case, Unit
from keqiao.core.rules.framing import Call, resolved
from keqiao.core.rules.judging import About, Judge, is_due, judge
from keqiao.core.rules.prepared import Preparing
from keqiao.core.rules.regions import Region, region_named
from keqiao.core.rules.standing import standing
from keqiao.core.rules.table import TYPES
from keqiao.core.rules.words import Words

Path = tuple[str, ...]
Memory = dict[Judge, Judged]
"""Answers already given for one case: what a parent states is asked once, not once for each category below it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict of one category for one (prepared) case, and the rule that decides it.

    ``by`` is the first rule that refuses, else the first that needs a person; None where all is well.
    """

    verdict: Verdict
    case: Case
    by: Judge | None = None

    def reason(self) -> Judged | None:
        """The whole answer of the rule that decides; worked out only when asked for."""
        return self.by.judged(self.case) if self.by is not None else None


Truths = dict[Judge, Truth]
"""Truths already found for one case, so that what a parent states is looked at once."""


@dataclass(frozen=True, slots=True)
class CompiledCategory:
    """The judges of one category, those that always stand first, then its rules from the call down.

    ``through_others``: some of its applicants apply in another body's name.
    """

    path: Path
    judges: tuple[Judge, ...]
    through_others: bool = False

    def decision(self, prepared: Case, when: When = When.BEFORE, known: Truths | None = None) -> Decision:
        """The verdict and the rule that decides it, fast: see ``CategoryAnswer``. The case has been prepared."""
        known = {} if known is None else known
        doubtful: Judge | None = None
        for each in self.judges:
            if not each.is_decisive or (each.early is None and not is_due(each.when, when)):
                continue
            if each not in known:
                known[each] = each.truth(prepared)
            truth = known[each]
            if truth is True or not is_due(each.due(prepared, truth), when):
                continue
            if each.verdict(truth) is Verdict.FAILS:
                return Decision(Verdict.FAILS, prepared, each)
            doubtful = doubtful or each
        return Decision(Verdict.PERSON if doubtful else Verdict.PASSES, prepared, doubtful)

    def answer(
        self, prepared: Case, when: When = When.BEFORE, memory: Memory | None = None
    ) -> CategoryAnswer:
        """Every rule with its answer, whenever it is due, and the verdict of those due by ``when``."""
        memory = {} if memory is None else memory
        for each in self.judges:
            if each not in memory:
                memory[each] = each.judged(prepared)
        judged = tuple(memory[each] for each in self.judges)
        decisive = [
            answer.verdict
            for each, answer in zip(self.judges, judged, strict=True)
            if each.is_decisive and is_due(answer.when, when)
        ]
        worst = next((v for v in (Verdict.FAILS, Verdict.PERSON) if v in decisive), Verdict.PASSES)
        return CategoryAnswer(self.path, worst, judged)


@dataclass(frozen=True, slots=True)
class CompiledCall:
    """All categories of a call by path (``()`` is the call itself), and how a case is prepared for them."""

    categories: Mapping[Path, CompiledCategory]
    prepare: Preparing

    def answer(self, path: Path, case: Case, when: When = When.BEFORE) -> CategoryAnswer:
        """May the applicant apply in the category at ``path``? Raises KeyError: no category stands there."""
        return self.categories[path].answer(self.prepare(case), when)

    def answers(self, case: Case, when: When = When.BEFORE) -> Iterator[CategoryAnswer]:
        """The answers of all categories, in document order."""
        prepared, memory = self.prepare(case), Memory()
        for category in self.categories.values():
            yield category.answer(prepared, when, memory)

    def body_of_record(self, path: Path, applicant: Unit) -> Unit | None:
        """The other body in whose name the unit applies there; None: it applies in its own, or nobody knows whose.

        Its projects count as the unit's (``quotas.Asking.also``). Raises KeyError: no category stands at ``path``.
        """
        record = self.prepare.of_record(applicant) if self.categories[path].through_others else None
        return record if record is not None and record.id != applicant.id else None

    def decision(self, path: Path, case: Case, when: When = When.BEFORE) -> Decision:
        """The verdict of one category, with the rule that decides it. Raises KeyError: no category stands there."""
        return self.categories[path].decision(self.prepare(case), when)

    def decisions(self, case: Case, when: When = When.BEFORE) -> dict[Path, Decision]:
        """The verdicts of all categories, each with the rule that decides it; reasons only on demand."""
        prepared, known = self.prepare(case), Truths()
        return {path: category.decision(prepared, when, known) for path, category in self.categories.items()}

    def verdicts(self, case: Case, when: When = When.BEFORE) -> dict[Path, Verdict]:
        """The verdicts of all categories, without their reasons."""
        return {path: decision.verdict for path, decision in self.decisions(case, when).items()}


def compile_call(programme: Programme, words: Words, *, region: Region | None = None) -> CompiledCall:
    """Make all categories of a call ready. ``region``: that of the call, where its name alone does not say enough
    (the province round a city, a county-level city).
    """
    call = Call.of(programme, words, region or region_named(programme.region, words.applicants))
    judges: dict[tuple[object, ...], Judge] = {}
    categories: dict[Path, CompiledCategory] = {}
    own_subjects: dict[str, tuple[str, ...]] = {}
    frames: dict[str, Frame] = {}
    for found in resolved(programme):
        frame = call.frame(found)
        rules = tuple(_rule_judge(stated, frame, judges) for stated in found.rules)
        always = standing(found, frame, judges)
        categories[found.path] = CompiledCategory(found.path, (*always, *rules), bool(frame.proxies))
        for subject in frame.own_subjects:
            own_subjects[subject], frames[subject] = (
                found.applicants.fact.kinds if found.applicants else (),
                frame,
            )
    are_own = {
        s: compile_rule(of_kinds(kinds, frames[s], APPLICANT, "")) for s, kinds in own_subjects.items()
    }
    return CompiledCall(categories, _preparing(programme, words, are_own))


def category_answer(
    programme: Programme, path: Path, case: Case, words: Words, when: When = When.BEFORE
) -> CategoryAnswer:
    """Answer for one category. Who asks more than once compiles the call once (``compile_call``).

    The regions round that of the call are taken from the applicant, where it is registered in it.

    Raises:
        KeyError: no category stands at ``path``.
    """
    region = region_named(programme.region, words.applicants)
    areas = case.applicant.areas
    if region is not None and areas is not UNKNOWN and region.name in areas:
        region = replace(region, above=areas[: areas.index(region.name)])
    return compile_call(programme, words, region=region).answer(path, case, when)


_BY_CATEGORY = frozenset({"choice", "sanction", "quota", "any"})
"""Types whose asking depends on the category itself, not only on what holds in it."""

_BY_KINDS = frozenset({"applicant_kind", "proxy", "co_actor", "joint", "any"})
"""Types that read kinds of unit, some of which another rule of the category may decide."""


def _rule_judge(stated: Stated[AnyRule], frame: Frame, known: dict[tuple[object, ...], Judge]) -> Judge:
    """The judge of a rule; categories in which the same holds share it, so that it is asked once for all of them."""
    rule = stated.fact
    key: tuple[object, ...] = (stated.path, stated.track, rule.id, frame.own_subjects)
    key += (tuple(proxy.id for proxy in frame.proxies),)
    if rule.type in ("person", "any"):
        key += (frame.deadline, tuple(frame.exceptions))
    if rule.type in _BY_KINDS:
        key += (frame.setting.decided_elsewhere,)
    if rule.type in _BY_CATEGORY:
        key += (frame.path,)
    if key not in known:
        about = About(rule.id, rule.type, rule.strength, stated.path, rule.source)
        asking = ask(rule, replace(frame, stated_at=stated.path))
        known[key] = judge(about, asking, TYPES[rule.type].when)
    return known[key]


def _preparing(programme: Programme, words: Words, own_subjects: Mapping[str, Compiled[Case]]) -> Preparing:
    rules = [stated.fact for found in resolved(programme) for stated in found.rules]
    return Preparing(
        words,
        frozenset(
            rule.years_back for rule in rules if isinstance(rule, History) and rule.years_back is not None
        ),
        frozenset(rule.id for rule in rules if rule.type == "text_limit"),
        own_subjects,
    )
