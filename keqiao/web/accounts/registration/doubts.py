"""What somebody who verifies a registration should look at twice. A doubt never refuses; a person does."""

from collections.abc import Iterator
from datetime import datetime

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.registration import OPEN
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.accounts.models import Registration
from keqiao.web.accounts.registration import queries
from keqiao.web.parties.credit_codes import fits_kind
from keqiao.web.parties.queries import Organisation, local_day, region_on

REGION_OF_CODE = slice(2, 8)
"""Characters 3 to 8 of a credit code: the region of the office that registered the body (GB 32100-2015, 4.3)."""


def doubts_of(
    registration: Registration, candidates: list[Organisation], language: str, at: datetime
) -> list[Finding]:
    """Return the doubts about a registration, given the units of the register it could be."""
    kind = organisation_kinds()[registration.kind].label(language)
    return [
        *_about_code(registration, kind, at),
        *_about_host(registration),
        *_about_known(registration, candidates, at),
        *_about_others(registration),
    ]


def _doubt(what: str, /, **values: str | int) -> Finding:
    return Finding(f"registration.{what}", Weight.ASK, values)


def _about_code(registration: Registration, kind: str, at: datetime) -> Iterator[Finding]:
    code = registration.credit_code
    if not code:
        yield _doubt("without_code", kind=kind)
        return
    if not fits_kind(code, registration.kind):
        yield _doubt("kind_unusual", pair=code[:2], kind=kind)
    region = registration.region
    office = code[REGION_OF_CODE]
    if region and region.code[:4] != office[:4] and office[2:] != "0000":
        named = region_on(office, local_day(at))
        yield _doubt("region_differs", office=named.name if named else office, region=region.name)


def _about_host(registration: Registration) -> Iterator[Finding]:
    if registration.host_name:
        host = queries.unit_with_code(registration.host_code)
        if host is None:
            yield _doubt("host_unknown", host=registration.host_name, code=registration.host_code)
        elif host.name != registration.host_name:
            yield _doubt("host_named_otherwise", host=registration.host_name, known=host.name)


def _about_known(
    registration: Registration, candidates: list[Organisation], at: datetime
) -> Iterator[Finding]:
    for unit in candidates:
        if registration.credit_code and unit.credit_code == registration.credit_code:
            if unit.name != registration.unit_name:
                yield _doubt("known_under_other_name", known=unit.name)
            if unit.kind != registration.kind:
                yield _doubt("known_as_other_kind", known=unit.name)
        else:
            yield _similar(unit)
        if queries.has_administrator(unit, at):
            yield _doubt("has_administrator", known=unit.name)


def _similar(unit: Organisation) -> Finding:
    if unit.credit_code:
        return _doubt("similar_name", known=unit.name, code=unit.credit_code)
    return _doubt("similar_name_without_code", known=unit.name)


def _about_others(registration: Registration) -> Iterator[Finding]:
    others = Registration.objects.filter(state__in=[state.value for state in OPEN]).exclude(
        pk=registration.pk
    )
    same = others.filter(unit_name=registration.unit_name)
    if registration.credit_code:
        same = same | others.filter(credit_code=registration.credit_code)
    if number := same.count():
        yield _doubt("sent_more_than_once", number=number)
