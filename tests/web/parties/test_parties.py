"""Organisations with all their names, codes that check, ties with periods, offices of associations."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.accounts.roles import Role
from keqiao.web.parties import actions, permissions, queries
from keqiao.web.parties.credit_codes import clean_credit_code, fits_kind
from keqiao.web.parties.models import Organisation, Party, PartyName, Tie, TieKind
from keqiao.web.parties.verification import check_names
from tests.web import make

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BY = {"actor": None, "role": "tests", "at": NOW}
INSTITUTE = "12100000400882110L"  # printed code of a public research institute


@pytest.mark.parametrize("typed", [INSTITUTE, INSTITUTE.lower(), "12100000 400882110 L"])
def test_a_credit_code_is_stored_in_one_spelling(typed):
    assert clean_credit_code(typed) == INSTITUTE


@pytest.mark.parametrize("typed", ["12100000400882110M", "12100000400882110", "I2100000400882110L"])
def test_a_credit_code_with_a_wrong_character_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        clean_credit_code(typed)
    assert refused.value.code == "credit_code.wrong"


def test_the_code_of_a_public_institution_is_unusual_for_a_society():
    assert fits_kind(INSTITUTE, "research_institute")
    assert not fits_kind(INSTITUTE, "society")
    assert fits_kind(INSTITUTE, "other")


def test_every_kind_of_organisation_has_both_labels():
    for kind in organisation_kinds().values():
        assert kind.label("zh-hans")
        assert kind.label("en")


@pytest.mark.django_db
def test_two_organisations_cannot_have_one_code_but_many_may_have_none():
    make.organisation(credit_code=INSTITUTE)
    make.organisation()
    make.organisation()
    with pytest.raises(ValidationError):
        make.organisation(credit_code=INSTITUTE)
    assert Organisation.objects.filter(credit_code=None).count() == 2


@pytest.mark.django_db
def test_an_unknown_kind_is_refused():
    with pytest.raises(ValidationError):
        make.organisation(kind="club")


@pytest.mark.django_db
def test_a_renamed_organisation_is_still_found_by_its_former_name():
    society = make.organisation("三门峡市果树学会")
    officer = make.officer(make.association())
    actions.rename(society, "三门峡市园艺学会", **BY)

    names = PartyName.objects.filter(party=society).order_by("valid_from")
    assert [(name.text, name.valid_until) for name in names] == [
        ("三门峡市果树学会", date(2026, 3, 1)),
        ("三门峡市园艺学会", None),
    ]
    found = queries.organisations_for(officer, NOW).filter(queries.named("果树"))
    assert [organisation.name for organisation in found] == ["三门峡市园艺学会"]
    assert check_names().faults == ()


@pytest.mark.django_db
def test_a_name_column_that_differs_from_the_names_is_found():
    society = make.organisation()
    Party.objects.filter(pk=society.pk).update(name="别的名称")
    assert [fault.about for fault in check_names().faults] == [str(society.pk)]


@pytest.mark.django_db
def test_a_tie_holds_from_its_first_to_its_last_day():
    university, body = make.organisation(kind="university"), make.organisation(kind="university_association")
    wanted = actions.NewTie(body, university, TieKind.HOST, date(2024, 1, 1), "章程")
    tie = actions.tie(wanted, **BY)
    actions.end_tie(tie, date(2025, 12, 31), **BY)

    held = [Tie.objects.filter(queries.on_day(day)).count() for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert held == [1, 0]


@pytest.mark.django_db
def test_the_table_refuses_a_period_that_ends_before_it_begins_and_a_tie_to_oneself():
    one, two = make.organisation(), make.organisation()
    row = {"kind": "member", "valid_from": date(2025, 1, 1), "source": "章程"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(party=one, organisation=two, valid_until=date(2024, 1, 1), **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(party=one, organisation=one, **row)


@pytest.mark.django_db
def test_applicants_see_associations_and_their_own_unit_only():
    association, mine, other = make.association(), make.organisation(), make.organisation()
    applicant = make.holder(Role.APPLICANT, mine)

    assert queries.organisation_for(make.officer(association), other.pk, NOW) == other
    assert set(queries.organisations_for(applicant, NOW)) == {association.organisation, mine}
    with pytest.raises(Http404):
        queries.organisation_for(applicant, other.pk, NOW)
    assert list(queries.organisations_for(AnonymousUser(), NOW)) == [association.organisation]


@pytest.mark.django_db
def test_offices_are_kept_by_officers_of_their_own_association():
    association = make.association()
    officer, stranger = make.officer(association), make.officer(make.association())
    office = actions.open_office(association, actions.OfficeDetails("学会部", ("0398-2861234",)), **BY)

    assert queries.office_for(officer, office.pk, NOW) == office
    with pytest.raises(Http404):
        queries.office_for(stranger, office.pk, NOW)


@pytest.mark.django_db
def test_a_closed_office_gives_its_name_free():
    association = make.association()
    details = actions.OfficeDetails("学会部")
    office = actions.open_office(association, details, actor=None, role="tests", at=make.LONG_AGO)
    with pytest.raises(ValidationError):
        actions.open_office(association, details, **BY)
    actions.close_office(office, **BY)
    again = actions.open_office(association, details, **BY)
    assert list(queries.offices_of(association.pk, NOW)) == [again]


def test_role_names_used_here_are_roles():
    named = {*permissions.BELONG, *permissions.SEE_ALL_ORGANISATIONS}
    assert named <= {role.value for role in Role}
