"""Rows and verdicts turned into what the interface says."""

from collections.abc import Iterable, Sequence
from typing import Any

from keqiao.core.findings import Finding
from keqiao.core.rules.answers import CategoryAnswer, Judged, Verdict
from keqiao.web.api.problems import finding_said
from keqiao.web.applications.receipts import Receipt, receipt_url
from keqiao.web.ui.site_addresses import page_address

Plain = dict[str, Any]


def findings_said(findings: Iterable[Finding]) -> list[Plain]:
    """Say findings, each once."""
    said = [finding_said(each) for each in findings]
    return [each for place, each in enumerate(said) if each not in said[:place]]


def call_said(call: Any) -> Plain:
    """Say a published call."""
    return {
        "slug": call.slug,
        "title": call.title,
        "association": str(call.association),
        "region": call.region,
        "year": call.year,
        "state": call.state,
        "published_at": call.published_at,
        "deadline_at": call.deadline_at,
        "invented": call.deadline_invented,
        "url": page_address("portal:call", call.slug),
    }


def unit_said(unit: Any) -> Plain:
    """Say a unit."""
    return {"id": unit.pk, "name": unit.name}


def application_said(application: Any) -> Plain:
    """Say an application of one's own unit."""
    return {
        "id": application.pk,
        "call": application.call.slug,
        "node": application.node,
        "unit": unit_said(application.unit),
        "title": application.title,
        "state": application.state,
        "number": application.number,
        "version": application.version,
        "edited_at": application.edited_at,
        "submitted_at": application.submitted_at,
        "url": page_address("applications:detail", application.pk),
    }


def receipt_said(receipt: Receipt) -> Plain:
    """Say a receipt."""
    return {
        "id": receipt.submission_id,
        "application": receipt.application_id,
        "number": receipt.number,
        "ordinal": receipt.ordinal,
        "arrived_at": receipt.arrived_at,
        "digest": receipt.digest,
        "deadline_at": receipt.deadline_at,
        "grace_seconds": receipt.grace_seconds,
        "url": receipt_url(receipt.submission_id),
    }


def eligibility_said(offer: Any, verdict: Verdict, findings: Iterable[Finding]) -> Plain:
    """Say whether a unit may apply in a category, and what decides it."""
    return {
        "call": offer.call.slug,
        "node": offer.node,
        "name": offer.name,
        "deadline_at": offer.deadline_at,
        "verdict": verdict.value,
        "findings": findings_said(findings),
    }


def rules_said(answer: CategoryAnswer) -> list[Plain]:
    """Say every rule of a category with its answer."""
    return [
        {
            "rule": judged.rule,
            "verdict": judged.verdict.value,
            "clause": judged.source.clause if judged.source else None,
            "findings": findings_said(why(judged)),
        }
        for judged in answer.judged
    ]


def why(judged: Judged) -> Sequence[Finding]:
    """What is wrong with a rule, or not known."""
    return (*judged.findings, *judged.missing)
