"""What a definition states, in words for pages: rows of a name, a value, and the words behind it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keqiao.core.programme.closing import Closing
from keqiao.core.programme.endorsement import EndorsementChain
from keqiao.core.programme.filing import Filing
from keqiao.core.programme.funding import Funding, Places, UnitLimit
from keqiao.core.programme.parties import Office
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.selection import Outcome
from keqiao.core.programme.targets import Target
from keqiao.core.programme.terms import Terms
from keqiao.web.programmes.wording.labels import choice_label
from keqiao.web.ui.templatetags.shell import cn_date, money

Words = Mapping[str, Any]

SIGNS = {">=": "≥", "<=": "≤", "==": "", ">": ">", "<": "<", "~": "≈"}


MILESTONE_WORDS = {
    "opens": gettext_lazy("开始受理"),
    "deadline": gettext_lazy("申报截止"),
    "completion": gettext_lazy("项目完成"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One statement for a page. ``key`` is that of its words, ``entry`` the id of an office."""

    label: str
    value: str
    key: str = ""
    entry: str = ""
    clause: str = ""
    invented: bool = False
    needs_answer: bool = False
    words: Words = field(default_factory=dict)


def funding_text(funding: Funding | None) -> str:
    """Say an amount: 15万元/项, 5万元–20万元, 不超过3万元, 共150万元, 无经费."""
    if funding is None:
        return ""
    each = getattr(funding, "per", "project")
    per = f"（{choice_label(type(funding), 'per', each)}）" if each != "project" else ""
    total = getattr(funding, "total_fen", None)
    match funding.kind:
        case "fixed":
            said = _("%(money)s/项") % {"money": money(funding.amount_fen)}
        case "range":
            least, most = money(funding.min_fen), money(funding.max_fen)
            said = _("%(least)s–%(most)s/项") % {"least": least, "most": most}
        case "ceiling":
            said = _("每项不超过 %(money)s") % {"money": money(funding.max_fen)}
        case "envelope":
            return _("共 %(money)s") % {"money": money(total)}
        case _:
            return _("无经费")
    return f"{said}{per}" + (_("，共 %(money)s") % {"money": money(total)} if total else "")


def places_text(places: Places | None) -> str:
    """Say how many: 10 项, 5–8 项, 不超过 3 项."""
    if places is None:
        return ""
    if places.count is not None:
        return ngettext("%(n)s 项", "%(n)s 项", places.count) % {"n": places.count}
    if places.min is None:
        return _("不超过 %(n)s 项") % {"n": places.max}
    if places.max is None:
        return _("不少于 %(n)s 项") % {"n": places.min}
    return _("%(least)s–%(most)s 项") % {"least": places.min, "most": places.max}


def day_text(stated: Day | Deadline | None) -> str:
    """Say a day, with its hour where it has one; a day that is not filled in as it is printed."""
    if stated is None:
        return ""
    day = cn_date(stated.on) if isinstance(stated.on, date) else str(stated.on)
    hour = getattr(stated, "at", None)
    return f"{day} {hour:%H:%M}" if hour else day


def term_text(term: Term | None) -> str:
    """Say how long a project runs."""
    if term is None:
        return ""
    if term.months is None:
        return term.words or ""
    return ngettext("%(n)s 个月", "%(n)s 个月", term.months) % {"n": term.months}


def target_text(target: Target) -> str:
    """Say a target: 参与企业 ≥ 50 家."""
    sign = SIGNS[target.comparator]
    parts = [target.per or "", target.metric, f"{sign} {target.value}".strip(), target.unit or ""]
    said = " ".join(part for part in parts if part)
    return said + (_("（可选）") if target.optional else "") + (_("（原则上）") if target.soft else "")


def office_text(office: Office) -> str:
    """Say whom to ask: department, person, telephones, mailboxes, address."""
    parts = (office.department, office.name, *office.phones, *office.emails, office.address)
    return " ".join(part for part in parts if part)


def limit_text(limit: UnitLimit | None) -> str:
    """Say how many one unit may apply for: 2 项."""
    return "" if limit is None else ngettext("%(n)s 项", "%(n)s 项", limit.max) % {"n": limit.max}


def chain_text(chain: EndorsementChain) -> str:
    """Say the steps of a chain in order: 县科协审核 → 市科协推荐."""
    return " → ".join(step.words for step in chain.steps if step.words)


def filing_text(filing: Filing) -> str:
    """Say how an application is handed in."""
    parts = [choice_label(Filing, "channels", channel) for channel in filing.channels]
    if filing.copies:
        parts.append(_("纸质 %(n)s 份") % {"n": filing.copies})
    if filing.stamped:
        parts.append(_("加盖公章"))
    if filing.own_keeping:
        parts.append(_("纸质材料自行留存"))
    parts += [*filing.electronic, *filing.to]
    parts += [stated for stated in (filing.email, filing.notes) if stated]
    return "；".join(parts)


def outcome_text(outcome: Outcome) -> str:
    """Say what a selected applicant gets: 认定称号、科普基地."""
    return "、".join(filter(None, (choice_label(Outcome, "kind", outcome.kind), outcome.title)))


def closing_text(closing: Closing) -> str:
    """Say what the performance table weighs: 执行率 10、产出 50、效益 30、满意度 10."""
    weights = closing.weights
    parts = (
        (_("执行率"), weights.execution),
        (_("产出"), weights.output),
        (_("成本"), weights.cost),
        (_("效益"), weights.effect),
        (_("满意度"), weights.satisfaction),
    )
    return "、".join(f"{name} {points}" for name, points in parts if points)


def own_rows(node: Terms, identifier: str, words: Words, offices: Mapping[str, Office]) -> list[Row]:
    """Return what a node itself states, without its rules and targets, in the order people ask."""
    found = [
        *_single(_("申报单位"), "applicants", node, lambda s: "、".join(s.kinds)),
        *_single(_("经费"), "funding", node, funding_text),
        *_single(_("名额"), "places", node, places_text),
        *_single(_("每单位限报"), "per_unit_limit", node, limit_text),
        *_single(_("申报截止"), "deadline", node, day_text),
        *_single(_("完成时限"), "completion", node, day_text),
        *_single(_("实施期"), "term", node, term_text),
        *_listed(_("申报材料"), "materials", node.materials, lambda p: p.name),
        *_listed(_("提交成果"), "deliverables", node.deliverables, lambda p: p.name),
        *_listed(_("经费用途"), "spending", node.spending, lambda s: "、".join(s.kinds)),
        *_listed(_("优先条件"), "preferences", node.preferences, lambda p: p.words),
        *_listed(_("推荐流程"), "endorsement", node.endorsement, chain_text),
    ]
    if asked := [offices[o] for o in node.offices if o in offices]:
        found.append(("offices", Row(_("咨询"), "；".join(map(office_text, asked)))))
    return [_tied(row, f"{identifier}:{name}", words) for name, row in found]


def office_rows(offices: Iterable[Office], words: Words) -> list[Row]:
    """Return the offices of a call."""
    return [_tied(_row("", office_text(o), o, o.id), o.id, words) for o in offices]


def _single(label: str, name: str, node: Terms, say: Any) -> Iterator[tuple[str, Row]]:
    if (stated := getattr(node, name)) is not None:
        yield name, _row(label, say(stated), stated)


def _listed(label: str, name: str, stated: Iterable[Any], say: Any) -> Iterator[tuple[str, Row]]:
    entries = list(stated)
    if entries:
        invented = any(entry.invented for entry in entries)
        yield name, Row(label, "；".join(map(say, entries)), invented=invented)


def _row(label: str, value: str, fact: Any, entry: str = "") -> Row:
    clause = fact.source.clause if fact.source else ""
    return Row(label, value, "", entry, clause, fact.invented, fact.needs_answer)


def _tied(row: Row, key: str, words: Words) -> Row:
    tied = words.get(key, {})
    clause = row.clause or str(tied.get("where", ""))
    return Row(row.label, row.value, key, row.entry, clause, row.invented, row.needs_answer, tied)
