"""How many one unit may apply for or undertake, what goes with a pilot, and how much of the whole is asked for."""

from dataclasses import replace

from keqiao.core.findings import Value, Weight
from keqiao.core.programme.rules.content import Split
from keqiao.core.programme.rules.limits import Quota
from keqiao.core.programme.selection import Bundle
from keqiao.core.rules import quotas
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import RECORD, Asking, Change, Frame, Saying
from keqiao.core.rules.bundles import check_bundle
from keqiao.core.rules.checking import Check, Checked
from keqiao.core.rules.engine.tree import HOLDS, Compare, Fact
from keqiao.core.rules.facts import UNKNOWN, Case, Holding, Stage


def quota(rule: Quota, frame: Frame) -> Asking:
    """May the unit have one more? Without a number there is no limit; a limit on undertaking is asked at the award."""
    limit = quotas.limit_of_quota(rule, frame.stated_at)
    if limit is None:
        return Asking(doubt=Saying("eligibility.task", {"summary": rule.summary}), when=When.FILING)
    if limit.most is None or not limit.covers(frame.path):
        return Asking(HOLDS, when=When.BEFORE)
    when = When.REVIEW if limit.stage is Stage.UNDERTAKEN else When.BEFORE
    return Asking(check=one_more(limit, frame), when=when)


def one_more(limit: quotas.Limit, frame: Frame) -> Check:
    """Does the limit leave room for one more project of the applicant, and of the body in whose name it applies?"""

    def check(case: Case) -> Checked:
        year = frame.year if frame.year is not None else case.on.year
        record = case.subjects.get(RECORD[1]) if frame.proxies else None
        also = frozenset({record.id}) if record is not None else frozenset()
        asking = quotas.Asking(
            case.applicant.id, frame.call, year, frame.path, person=_leader(case), also=also
        )
        return _of_room(quotas.room(limit, asking, case.records), asking)

    return check


def _leader(case: Case) -> str:
    return next((human.id for human in case.people.get("leaders", ())), "")


def _of_room(room: quotas.Room, asking: quotas.Asking) -> Checked:
    found = tuple(quotas.findings_of(room, asking))
    seen: dict[str, Value] = {"max": room.limit.most}
    if room.held is not UNKNOWN:
        seen["held"] = len(room.held)
    if room.left is UNKNOWN:
        return Checked(UNKNOWN, seen, ("records.holdings",), found)
    if room.left is None or room.left > 0:
        return Checked(truth=True, seen=seen)
    is_full = any(finding.code.endswith("_full") for finding in found)
    return Checked(False if is_full else UNKNOWN, seen, (), found)


def bundle_check(bundle: Bundle, frame: Frame) -> Check:
    """Is everything applied for that goes with the pilot, and is it clear which of several goes into it?

    As long as the pilot itself is not filed, its category stands for it: an application marked with the id of the
    category is marked for the pilot that is being asked about.
    """

    def check(case: Case) -> Checked:
        mine = [
            h
            for h in case.records.holdings
            if h.call == frame.call and case.applicant.id == (h.lead or h.unit)
        ]
        filed = [each for each in mine if each.path == frame.path]
        pilot = filed[0] if filed else _asked(frame, case)
        others = [_marked_for(pilot, each, frame) for each in mine]
        found = tuple(check_bundle(bundle, pilot, [*others, *([] if filed else [pilot])]))
        if any(finding.weight is Weight.REFUSE for finding in found):
            return Checked(truth=False, seen={"applied": len(mine)}, findings=found)
        return Checked(UNKNOWN if found else True, {"applied": len(mine)}, (), found)

    return check


def _asked(frame: Frame, case: Case) -> Holding:
    year = frame.year if frame.year is not None else case.on.year
    return Holding(frame.path[-1], case.applicant.id, frame.call, frame.path, year, Stage.APPLIED)


def _marked_for(pilot: Holding, each: Holding, frame: Frame) -> Holding:
    return replace(each, mark=pilot.project) if each.mark == frame.path[-1] else each


def split(rule: Split, _frame: Frame) -> Asking:
    """Part of the sessions is asked for: at least ``min``, else at least one."""
    least = rule.min or 1
    return Asking(
        Compare(Fact(("answers", rule.id)), ">=", least),
        Saying("eligibility.split", {"least": least, "unit": rule.unit}),
        change=Change("eligibility.change.split", {"least": least, "unit": rule.unit}),
        when=When.FORM,
    )
