"""A definition as the flat reading of a call: one document, one list of categories, money in yuan."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from keqiao.core.findings import Source
from keqiao.core.money import yuan_from_fen
from keqiao.core.programme.endorsement import EndorsementStep
from keqiao.core.programme.filing import Filing
from keqiao.core.programme.funding import Funding, NoFunding, Places
from keqiao.core.programme.parties import Office
from keqiao.core.programme.reading_names import DAY_KINDS, RULE_PARAMETERS
from keqiao.core.programme.rules import AnyOf, Rule
from keqiao.core.programme.schedule import Deadline, Term
from keqiao.core.programme.selection import Bundle
from keqiao.core.programme.targets import Target
from keqiao.core.programme.tree import names_at, walk
from keqiao.core.programme.types import Category, Programme

Flat = dict[str, Any]

_NOT_PARAMETERS = {
    "id",
    "summary",
    "weight",
    "details",
    "source",
    "reading",
    "needs_answer",
    "invented",
    "chain",
}
_KPI_KEYS = ("comparator", "value", "unit", "per", "scope", "alternative_group", "optional")


def flat(programme: Programme) -> Flat:
    """The flat reading of ``programme``: ``document`` and ``categories``; what is not stated is left out."""
    offices = {office.id: office for office in programme.office_list}
    return {
        "document": _document(programme),
        "categories": [
            _category(programme, names_at(programme, path), category, offices)
            for path, category in walk(programme)
        ],
    }


def _document(programme: Programme) -> Flat:
    return _stated(
        {
            "kind": programme.kind,
            "title": programme.title,
            "issuers": list(programme.issuers),
            "document_number": programme.document_number,
            "issue_date": _plain(programme.issue_date),
            "region": programme.region,
            "year": programme.year,
            "deadline": _deadline(_main_deadline(programme)),
            "deadlines_by_track": {
                track.name: _deadline(track.deadline) for track in programme.tracks if track.deadline
            },
            "copies": _copies(programme),
            "channels": list(
                dict.fromkeys(channel for way in _filings(programme) for channel in way.channels)
            ),
            "contacts": [_contact(office) for office in programme.office_list],
            "attachments": [attachment.title for attachment in programme.attachments],
            "applicant_kinds": list(programme.applicants.kinds) if programme.applicants else [],
            "general_rules": [
                {
                    "id": rule.id,
                    "text_summary_zh": rule.summary,
                    "formal": _formal(rule),
                    **_cite(rule.source),
                }
                for rule in programme.rules
            ],
        }
    )


def _category(
    programme: Programme, names: tuple[str, ...], category: Category, offices: Mapping[str, Office]
) -> Flat:
    return _stated(
        {
            "path": list(names),
            "code": category.code,
            **_cite(category.source),
            "applicant_kinds": list(category.applicants.kinds) if category.applicants else [],
            "per_unit_limit": category.per_unit_limit.max if category.per_unit_limit else None,
            "conditions": [
                {"summary_zh": rule.summary, "formal": _formal(rule), **_cite(rule.source)}
                for rule in category.rules
            ],
            "funding": _funding(category.funding),
            "slots": _slots(category.places),
            "kpis": [_kpi(target) for target in category.targets],
            "deliverables": [paper.name for paper in category.deliverables],
            "materials": [paper.name for paper in category.materials],
            "expenditure_scope": [kind for spending in category.spending for kind in spending.kinds],
            "preference": [preference.words for preference in category.preferences],
            "endorsement": [step.words for chain in category.endorsement for step in chain.steps],
            "completion_date": _plain(category.completion.on) if category.completion else None,
            "term": _term(category.term),
            "contacts": [_contact(offices[identifier]) for identifier in category.offices],
            "bundle": _bundle(category.bundle, programme) if category.bundle else None,
        }
    )


def _stated(values: Flat) -> Flat:
    """Without what is not stated: None, and empty texts, lists and mappings."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {})}


def _plain(value: object) -> object:
    """A value that JSON can carry: dates as YYYY-MM-DD, numbers as numbers, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, EndorsementStep):
        return value.words
    if isinstance(value, BaseModel):
        return {key: _plain(part) for key, part in value if part is not None}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _cite(source: Source | None) -> Flat:
    if source is None:
        return {}
    line = source.place.line if source.place else None
    return {"cite": f"{source.clause} L{line}" if line else source.clause}


def _formal(rule: Rule) -> Flat:
    names = RULE_PARAMETERS.get(getattr(rule, "type", ""), {})
    formal: Flat = {"type": getattr(rule, "type", "")}
    for key, value in rule:
        if key in _NOT_PARAMETERS or (value == type(rule).model_fields[key].default and key not in _ALWAYS):
            continue
        formal[names.get(key, key)] = DAY_KINDS.get(value, value) if key == "day_kind" else _plain(value)
    if isinstance(rule, AnyOf):
        formal["of"] = [_formal(part) for part in rule.of]
    return formal | {key: _plain(value) for key, value in rule.details.items()}


_ALWAYS = {"type", "op", "at", "outcome"}


def _funding(funding: Funding | None) -> Flat | None:
    if funding is None or isinstance(funding, NoFunding):
        return None
    amounts = {
        key.replace("_fen", "_yuan"): _plain(yuan_from_fen(value))
        for key, value in funding
        if key.endswith("_fen") and value is not None
    }
    return {"kind": funding.kind, **amounts, "per": funding.per}


def _slots(places: Places | None) -> Flat | None:
    if places is None:
        return None
    return _stated({"count": places.count, "min": places.min, "max": places.max})


def _kpi(target: Target) -> Flat:
    kept = {key: _plain(getattr(target, key)) for key in _KPI_KEYS}
    kept["optional"] = kept["optional"] or None
    return _stated({"metric_zh": target.metric, **kept, **_cite(target.source)})


def _deadline(deadline: Deadline | None) -> str | None:
    if deadline is None:
        return None
    day = str(_plain(deadline.on))
    return f"{day}T{deadline.at:%H:%M}" if deadline.at else day


def _main_deadline(programme: Programme) -> Deadline | None:
    """The deadline of the whole call, or the first of its tracks' where they all fall on one day and hour."""
    stated = [track.deadline for track in programme.tracks if track.deadline]
    same = len({(deadline.on, deadline.at) for deadline in stated}) == 1
    return programme.deadline or (stated[0] if same else None)


def _filings(programme: Programme) -> tuple[Filing, ...]:
    """The filing of the whole call, then those of its tracks."""
    return tuple(terms.filing for terms in (programme, *programme.tracks) if terms.filing)


def _copies(programme: Programme) -> Flat | None:
    """The copies of the whole call, or of its first track that states any."""
    stated = (way for way in _filings(programme) if way.copies is not None or way.notes is not None)
    filing = next(stated, None)
    return _stated({"paper": filing.copies, "notes": filing.notes}) if filing else None


def _term(term: Term | None) -> str | None:
    if term is None or term.months is None:
        return term.words if term else None
    return f"{term.months // 12}年" if term.months % 12 == 0 else f"{term.months}个月"


def _contact(office: Office) -> Flat:
    emails = list(office.emails)
    return _stated(
        {
            "department": office.department,
            "name": office.name,
            "phones": list(office.phones),
            "email": emails[0] if len(emails) == 1 else None,
            "emails": emails if len(emails) > 1 else [],
            "address": office.address,
            "scope": office.scope,
        }
    )


def _bundle(bundle: Bundle, programme: Programme) -> Flat:
    names = {category.id: category.name for _, category in walk(programme)}
    several = bundle.which_of_several
    return _stated(
        {
            "must_also_apply": [child.name for child in bundle.children],
            "open_list": bundle.open_list,
            "on_selected": bundle.on_selected,
            "on_not_selected": bundle.on_not_selected,
            "when_several": {
                "category": [names[identifier] for identifier in several.categories],
                "applied": several.applied,
            }
            if several
            else None,
        }
    )
