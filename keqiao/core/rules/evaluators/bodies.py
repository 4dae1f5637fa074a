"""Rules about kinds of body: applicants and other subjects, in whose name, with whom, who hosts."""

from keqiao.core.programme.rules.who import ApplicantKind, CoActor, Hosting, Joint, Proxy
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import APPLICANT, Asking, At, Change, Frame, Saying, Values, called, is_named
from keqiao.core.rules.engine.tree import (
    FAILS,
    HOLDS,
    Among,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    all_of,
    any_of,
    equals,
)
from keqiao.core.rules.evaluators.registers import association_names, is_by_supervisor
from keqiao.core.rules.kinds import Member, kind_condition, read_members
from keqiao.core.rules.settled import settled


def applicant_kind(rule: ApplicantKind, frame: Frame) -> Asking:
    """The applicant, or the body the rule is about, is one of the kinds."""
    at = frame.body(rule.subject)
    values: Values = {"kinds": rule.any_of, "subject": called(rule.subject)}
    code = "eligibility.kind" if at == APPLICANT else "eligibility.subject_kind"
    return Asking(
        of_kinds(rule.any_of, frame, at, rule.id),
        Saying(code, values),
        doubt=Saying("eligibility.kind_doubt", values),
        change=Change("eligibility.change.kind", values),
        when=frame.when_about(rule.subject, When.BEFORE),
    )


def of_kinds(
    wordings: tuple[str, ...], frame: Frame, at: At, judge: str, *, is_open: bool = False
) -> Condition:
    """Is the body one of these (``is_open``: or one that a person takes to be meant)?

    A body may be one by hosting it where the call lets hosts stand for the hosted.
    """
    members = read_members(wordings, frame.setting)
    through_hosts = at == APPLICANT and any(not is_by_supervisor(p.in_name_of, frame) for p in frame.proxies)
    listed = kind_condition(members, frame.setting, at, judge=judge, through_hosts=through_hosts)
    return any_of(listed, settled(judge, "open_list")) if is_open else listed


def proxy(rule: Proxy, frame: Frame) -> Asking:
    """Bodies of the kinds have somebody in whose name they apply; nobody else is concerned.

    One that has no such body cannot apply by itself.
    """
    stand_in = "supervisor" if is_by_supervisor(rule.in_name_of, frame) else "host"
    members = read_members(rule.kinds, frame.setting)
    at = _whose(members, frame)
    concerned = kind_condition(members, frame.setting, at, judge=rule.id) if members else Attest(rule.id)
    has_one = Not(equals(Fact((*at, stand_in, "id")), None))
    values: Values = {"kinds": rule.kinds, "in_name_of": rule.in_name_of}
    return Asking(
        any_of(Not(concerned), has_one),
        Saying(f"eligibility.no_{stand_in}", values),
        doubt=Saying(f"eligibility.no_{stand_in}", values),
        change=Change(f"eligibility.change.{stand_in}", values),
        when=When.BEFORE,
    )


def _whose(members: tuple[Member, ...], frame: Frame) -> At:
    """The applicant; a body that the call names as applicant and beneficiary where it is one of these."""
    own = [member.text for member in members if member.text in frame.own_subjects]
    return ("subjects", own[0]) if own else APPLICANT


def co_actor(rule: CoActor, frame: Frame) -> Asking:
    """A body of a kind takes the role: as partner in the application, or as the form says."""
    answer = Fact(("answers", rule.id))
    parts = []
    if rule.any_of:
        parts.append(
            any_of(Among(answer, _spelt(rule.any_of, frame)), _a_partner(rule.any_of, frame, rule.id))
        )
    parts += [
        any_of(Among(answer, _spelt((word,), frame)), _a_partner((word,), frame, rule.id))
        for word in rule.all_of
    ]
    values: Values = {"role": rule.role, "bodies": (*rule.any_of, *rule.all_of)}
    return Asking(
        all_of(*parts),
        Saying("eligibility.co_actor", values),
        change=Change("eligibility.change.co_actor", values),
        when=When.FORM,
        evidence=(*rule.any_of, *rule.all_of),
    )


def _spelt(wordings: tuple[str, ...], frame: Frame) -> tuple[str, ...]:
    """The words themselves, and the names of an association that is called so."""
    return tuple(dict.fromkeys(name for word in wordings for name in association_names(word, frame)))


def _a_partner(wordings: tuple[str, ...], frame: Frame, judge: str) -> Condition:
    members = tuple(member for member in read_members(wordings, frame.setting) if member.is_known)
    one = kind_condition(members, frame.setting, ("partner",), judge=judge)
    return HowMany("partner", Fact(("partners",)), one, least=1, name="partners")


def joint(rule: Joint, frame: Frame) -> Asking:
    """Several units apply together: a lead of one kind, partners of another, so many, with the lead named.

    Where it is only allowed or encouraged, who applies alone is in order; who applies together names the lead.
    """
    parts = _joint_parts(rule, frame)
    if rule.mode != "required":
        alone = HowMany("partner", Fact(("partners",)), HOLDS, most=0, name="partners")
        parts = (any_of(alone, all_of(*parts)),) if parts else ()
    lead = of_kinds(rule.lead, frame, APPLICANT, rule.id) if rule.lead and rule.mode == "required" else None
    values: Values = {"lead": rule.lead, "partners": rule.with_any, "summary": rule.summary}
    return Asking(
        all_of(*parts),
        Saying("eligibility.joint", values),
        change=Change("eligibility.change.joint", values),
        when=When.FORM,
        failing_when=any_of(lead, _a_partner(rule.lead, frame, rule.id)) if lead is not None else None,
    )


def _joint_parts(rule: Joint, frame: Frame) -> tuple[Condition, ...]:
    partners, parts = Fact(("partners",)), []
    if rule.lead or rule.with_any:
        parts.append(_lead_and_partner(rule, frame))
    if rule.min_units is not None:
        sure = any_of(is_named(("partner",)), settled(rule.id, "partner"))
        parts.append(HowMany("partner", partners, sure, least=rule.min_units - 1, name="partners"))
    if rule.lead_required:
        parts.append(_lead_is_named(rule, frame))
    return tuple(parts)


def _lead_is_named(rule: Joint, frame: Frame) -> Condition:
    """The form names the applicant or a partner as the lead, one of the kinds that lead."""
    named = Fact(("answers", rule.id))
    itself: Condition = Compare(named, "==", Fact(("applicant", "id")))
    partner: Condition = Compare(named, "==", Fact(("partner", "id")))
    if rule.lead:
        itself = all_of(itself, of_kinds(rule.lead, frame, APPLICANT, rule.id))
        partner = all_of(partner, of_kinds(rule.lead, frame, ("partner",), rule.id))
    return any_of(itself, HowMany("partner", Fact(("partners",)), partner, least=1, name="lead"), name="lead")


def _lead_and_partner(rule: Joint, frame: Frame) -> Condition:
    """The applicant leads and a partner joins, or a partner leads and the applicant or another partner joins."""
    leads = of_kinds(rule.lead, frame, APPLICANT, rule.id) if rule.lead else HOLDS
    partner_joins = _a_partner(rule.with_any, frame, rule.id) if rule.with_any else HOLDS
    if not rule.lead:
        return partner_joins
    joins = of_kinds(rule.with_any, frame, APPLICANT, rule.id) if rule.with_any else HOLDS
    partner_leads = _a_partner(rule.lead, frame, rule.id)
    return any_of(all_of(leads, partner_joins), all_of(partner_leads, any_of(joins, partner_joins)))


def hosting(rule: Hosting, _frame: Frame) -> Asking:
    """An item that the association keeps for itself is closed; who hosts otherwise is agreed with the winner."""
    if rule.open_to_applicants is False:
        values: Values = {"undertaken_by": rule.undertaken_by or rule.host or ""}
        return Asking(FAILS, Saying("eligibility.not_open", values), when=When.BEFORE)
    return Asking(doubt=Saying("eligibility.task", {"summary": rule.summary}), when=When.CONDUCT)
