"""Rules in words. Types whose parameters decide are worded from them; the others by their own summary."""

from collections.abc import Callable, Mapping
from typing import Any

from keqiao.core.programme.facts import Texts
from keqiao.core.programme.rules import AnyOf, AnyRule
from keqiao.core.programme.rules.conduct import Finance
from keqiao.core.programme.rules.decide import Publicity
from keqiao.core.programme.rules.limits import DeadlineRule, Period, Quota, Sanction
from keqiao.core.programme.rules.papers import EndorsementRule, FilingRule, MaterialRule, TextLimit
from keqiao.core.programme.rules.persons import Person
from keqiao.core.programme.rules.who import Joint, LegalStatus, Proxy, Recognition
from keqiao.writers.notice.figures import day, figure
from keqiao.writers.notice.filing import filing_words
from keqiao.writers.notice.plan import Wording


def listed(words: Texts) -> str:
    """Several names in one list: ``甲、乙、丙``."""
    return "、".join(words)


def rule_words(rule: AnyRule, wording: Wording) -> str:
    """What a rule says, without a stop, with the case that it is limited to."""
    if isinstance(rule, AnyOf):
        parts = "；或".join(rule_words(part, wording) for part in rule.of)
        return f"具备下列条件之一：{parts}"
    worded = _WORDED.get(rule.type)
    said = worded(rule, wording) if worded else None
    if said is None:
        return rule.summary
    case = [rule.when and f"仅限{rule.when}", rule.unless and f"{rule.unless}的除外"]
    bracket = "，".join(words for words in case if words)
    return f"{said}（{bracket}）" if bracket else said


def _quota(rule: Quota, wording: Wording) -> str | None:
    if rule.max is None:
        return "申报数量不作限制" if rule.at == "apply" and rule.min is None else None
    if rule.extra or rule.min or rule.at == "recommend":
        return None
    who = next((per for per in rule.per if "人" in per), "")
    subject = f"同一{who}" if who else "同一单位"
    year = "同一年度" if any("年" in per for per in rule.per) else ""
    act = "承担的项目" if rule.at == "undertake" else "申报项目"
    number = f"{figure(rule.max, wording)}{rule.unit or '项'}"
    return f"{subject}{year}{act}{rule.hedge or ''}不超过{number}"


def _sanction(rule: Sanction, wording: Wording) -> str | None:
    if rule.rounds or rule.value or rule.effect not in ("ban", "revoke") or not rule.trigger:
        return None
    trigger = f"{listed(rule.trigger)}的"
    if rule.effect == "revoke":
        return f"{trigger}，取消{rule.what or '项目资格'}"
    if rule.years is None:
        return None
    who = listed(rule.subjects) or "单位"
    what = rule.what if rule.what and "资格" not in rule.what else ""
    return f"{trigger}，{who}{figure(rule.years, wording)}年内不得申报{what}"


def _person(rule: Person, _wording: Wording) -> str | None:
    if rule.attr not in ("age", "birth") or rule.exception_for or rule.on_date:
        return None
    born = f"{day(rule.born_after)}以后出生" if rule.born_after else ""
    if rule.value is None:
        return f"{rule.role}须在{born}" if born else None
    age = f"{rule.role}年龄{rule.hedge or ''}不超过{rule.value}{rule.unit or '周岁'}"
    return f"{age}（{born}）" if born else age


def _publicity(rule: Publicity, wording: Wording) -> str:
    if rule.days is None:
        return f"拟立项名单经公示{rule.objection or '无异议'}后确定"
    kind = {"working": "个工作日", "calendar": "天", None: "天"}[rule.day_kind]
    return f"拟立项名单公示{figure(rule.days, wording)}{kind}"


def _legal_status(rule: LegalStatus, wording: Wording) -> str:
    place = f"在{rule.registered_in}内" if rule.registered_in else ""
    years = (
        f"{place}依法登记注册满{figure(rule.registered_years_min, wording)}年"
        if rule.registered_years_min
        else f"{place}依法注册"
        if place
        else ""
    )
    parts = [
        years,
        "具有独立法人资格" if rule.legal_person else "",
        f"银行账户状态{rule.bank_account}" if rule.bank_account else "",
    ]
    return f"{rule.subject or '申报单位'}须" + "、".join(part for part in parts if part)


def _recognition(rule: Recognition, _wording: Wording) -> str | None:
    if rule.state:
        return None
    by = listed(rule.by)
    if rule.negate:
        return f"已获{by}{rule.register_name}的除外"
    before = f"于{day(rule.before)}前" if rule.before else ""
    grade = f"且考核结果为{rule.grade}" if rule.grade else ""
    return f"{rule.subject or ''}{before}被{by}认定为{rule.register_name}{grade}"


def _joint(rule: Joint, wording: Wording) -> str:
    partners = listed(rule.with_any) or "相关单位"
    lead = listed(rule.lead) or "申报单位"
    verb = {"required": "须由{lead}联合{partners}申报", "allowed": "{lead}可与{partners}联合申报",
            "encouraged": "鼓励{lead}与{partners}联合申报"}[rule.mode]  # fmt: skip
    least = f"，{figure(rule.min_units, wording)}个以上单位联合的须注明牵头单位" if rule.min_units else ""
    when = {"submitting": "提交", "forwarding": "上报", None: ""}[rule.confirmed_before]
    confirmed = f"，联合单位须在{when}前确认" if when else ""
    return verb.format(lead=lead, partners=partners) + least + confirmed


def _proxy(rule: Proxy, _wording: Wording) -> str:
    return f"{listed(rule.kinds)}以{listed(rule.in_name_of)}名义申报"


def _period(rule: Period, wording: Wording) -> str | None:
    if rule.start:
        return None
    length = [f"{figure(rule.years, wording)}年" if rule.years else "",
              f"{figure(rule.months, wording)}个月" if rule.months else ""]  # fmt: skip
    term = "".join(length)
    parts = [
        f"所有项目实施期为{term}" if term else "",
        f"所有项目应于{day(rule.finish_by)}前完成" if rule.finish_by else "",
    ]
    return "，".join(part for part in parts if part) or None


def _deadline(rule: DeadlineRule, _wording: Wording) -> str | None:
    if rule.date is None:
        return None
    late = "，逾期不予受理" if rule.late else ""
    return f"{rule.scope or ''}申报材料须于{day(rule.date)}{rule.hour or ''}前报送{late}"


def _material(rule: MaterialRule, wording: Wording) -> str:
    contains = f"，载明{listed(rule.contains)}" if rule.contains else ""
    return f"须提交{rule.name}{_pieces(rule, wording)}{contains}"


def _pieces(rule: MaterialRule, wording: Wording) -> str:
    """How many of a paper: ``2—3部``, ``不少于2部``; a single one needs no number."""
    unit = rule.unit or "份"
    if rule.max and rule.min:
        return f"{rule.min}—{rule.max}{unit}"
    if rule.max:
        return f"不超过{figure(rule.max, wording)}{unit}"
    least = rule.min or 0
    if least > 1:
        return f"不少于{figure(least, wording)}{unit}"
    return f"{figure(rule.copies, wording)}份" if rule.copies else ""


def _text_limit(rule: TextLimit, wording: Wording) -> str | None:
    del wording  # lengths of texts are always in Arabic figures
    return f"{rule.field}限{rule.value}{rule.unit}" if rule.op == "<=" else None


def _filing(rule: FilingRule, wording: Wording) -> str:
    return filing_words(rule, rule.form or "申报材料", wording)


def _endorsement(rule: EndorsementRule, _wording: Wording) -> str | None:
    if not rule.steps:
        return None
    who = f"{listed(rule.applies_to)}：" if rule.applies_to else ""
    return who + "，".join(step.words for step in rule.steps)


def _finance(rule: Finance, _wording: Wording) -> str | None:
    if rule.ratio_min is not None:
        return f"自筹经费与资助经费的比例不低于{rule.ratio_min}:1"
    return None


_WORDED: Mapping[str, Callable[[Any, Wording], str | None]] = {
    "quota": _quota,
    "sanction": _sanction,
    "person": _person,
    "publicity": _publicity,
    "legal_status": _legal_status,
    "recognition": _recognition,
    "joint": _joint,
    "proxy": _proxy,
    "period": _period,
    "deadline": _deadline,
    "material": _material,
    "text_limit": _text_limit,
    "filing": _filing,
    "endorsement": _endorsement,
    "finance": _finance,
}
