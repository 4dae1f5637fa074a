"""Pages of units, people, base figures and merges: who sees them, what they cost, and that all faults come at once."""

from datetime import date
from uuid import uuid4

import pytest

from keqiao.web.accounts.roles import Role
from keqiao.web.parties import actions
from keqiao.web.parties.models import (
    BaseFigure,
    FactKind,
    Organisation,
    OrganisationFact,
    Person,
    PersonFact,
    PersonQualification,
    Tie,
    TieKind,
)
from tests.web import make
from tests.web.parties.rolls import BY, address, person, tie

pytestmark = pytest.mark.django_db
SINCE = {"valid_from": "2025-01-01", "source": "登记证书"}
SOMEBODY = "11010519491231002X"


def elsewhere():
    """A unit of another province."""
    return make.organisation(region=make.region("430000", "湖南省"))


def test_an_officer_registers_a_unit_and_comes_to_its_page(client, officer):
    answer = client.post(
        address("register"),
        {
            "name": "三门峡市 果树学会",
            "kind": "society",
            "region": "三门峡市",
            "is_legal_person": "yes",
            "level": "prefecture",
        },
    )
    unit = Organisation.objects.get(name="三门峡市 果树学会")
    assert (answer.status_code, answer.url) == (302, unit.get_absolute_url())
    assert (unit.region.code, unit.is_legal_person) == ("411200", True)
    assert client.get(answer.url).status_code == 200


def test_all_faults_of_a_registration_come_at_once_and_what_was_typed_stays(client, officer):
    typed = {"name": "", "kind": "", "credit_code": "123", "region": "桃源", "registered_on": "昨天"}
    answer = client.post(address("register"), typed)
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["credit_code", "kind", "name", "region", "registered_on"]
    assert "桃源" in answer.content.decode()


def test_a_code_that_is_unusual_for_the_kind_passes_once_it_was_looked_at(client, officer):
    typed = {"name": "果树学会", "kind": "society", "credit_code": "12100000400882110L"}
    doubted = client.post(address("register"), typed)
    assert (doubted.status_code, Organisation.objects.filter(name="果树学会").count()) == (422, 0)
    client.post(address("register"), {**typed, "looked_at": "on"})
    assert Organisation.objects.get(name="果树学会").credit_code == "12100000400882110L"


def test_a_unit_that_may_be_there_already_is_shown_before_it_is_registered_twice(client, officer):
    make.organisation("三门峡市果树（苹果）学会")
    typed = {"name": "三门峡市果树(苹果)学会", "kind": "society"}
    doubted = client.post(address("register"), typed)
    assert doubted.status_code == 422
    assert "已登记“三门峡市果树（苹果）学会”（—），请核对是否同一单位。" in doubted.content.decode()
    assert client.post(address("register"), {**typed, "looked_at": "on"}).status_code == 302


def test_facts_are_stated_corrected_and_ended_on_their_pages(client, officer):
    unit = make.organisation(level="county")
    client.post(address("state_fact", unit.pk, "level"), {"value": "prefecture", **SINCE})
    client.post(address("state_fact", unit.pk, "region"), {"value": "三门峡市", **SINCE})
    client.post(address("state_fact", unit.pk, "trait"), {"subject": "重点学会", "value": "yes", **SINCE})
    unit.refresh_from_db()
    assert (unit.level, unit.region.code) == ("prefecture", "411200")

    level = OrganisationFact.objects.get(organisation=unit, kind="level", valid_until=None)
    client.post(address("correct_fact", level.pk), {"value": "province", "reason": "录入错误"})
    trait = OrganisationFact.objects.get(organisation=unit, kind="trait")
    client.post(address("end_fact", trait.pk), {"last_day": "2025-06-30"})
    unit.refresh_from_db()
    trait.refresh_from_db()
    assert (unit.level, trait.valid_until) == ("province", date(2025, 6, 30))
    page = client.get(unit.get_absolute_url()).content.decode()
    assert "重点学会" in page
    assert "录入错误" in page


def test_a_fault_of_the_act_stands_at_its_field(client, officer):
    unit = make.organisation()
    answer = client.post(
        address("state_fact", unit.pk, "level"),
        {"value": "county", "valid_from": "2090-01-01", "source": "章程"},
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["valid_from"]
    assert client.get(address("state_fact", unit.pk, "colour")).status_code == 404


def test_a_unit_is_tied_to_one_named_by_its_short_name_and_several_are_named_not_chosen(client, officer):
    unit = make.organisation()
    host = make.organisation("三门峡职业技术学院", "university", short_name="三职院")
    typed = {"kind": "host", "organisation": "三职院", **SINCE}
    assert client.post(address("add_tie", unit.pk), typed).status_code == 302
    made = Tie.objects.get(party=unit)
    assert made.organisation_id == host.pk

    make.organisation("第一职业学院", short_name="职院")
    make.organisation("第二职业学院", short_name="职院")
    answer = client.post(
        address("add_tie", unit.pk), {**typed, "kind": "affiliation", "organisation": "职院"}
    )
    assert list(answer.context["form"].errors) == ["organisation"]
    assert "第一职业学院（—）、第二职业学院（—）" in answer.content.decode()

    client.post(address("end_tie", made.pk), {"last_day": "2025-06-30"})
    made.refresh_from_db()
    assert made.valid_until == date(2025, 6, 30)


def test_details_and_the_name_of_a_unit_are_changed(client, officer):
    unit = make.organisation("果树学会", short_name="果会")
    client.post(
        address("describe", unit.pk),
        {"credit_code": "12100000400882110l", "short_name": "果学会", "bank_account": "6222 0200 1234 5678"},
    )
    client.post(address("rename", unit.pk), {"name": "园艺学会"})
    unit.refresh_from_db()
    assert (unit.name, unit.credit_code) == ("园艺学会", "12100000400882110L")
    assert unit.bank_account.plain() == "6222020012345678"
    page = client.get(unit.get_absolute_url()).content.decode()
    assert ("果会" in page, "果树学会" in page, "6222020012345678" in page) == (True, True, False)


def test_a_unit_sees_itself_and_associations_officers_see_units_and_others_find_nothing(client, association):
    mine, other = make.organisation(), make.organisation()
    addresses = [unit.get_absolute_url() for unit in (mine, association.organisation, other)]
    for viewer, seen in (
        (make.holder(Role.APPLICANT, mine), [200, 200, 404]),
        (make.user(), [404, 200, 404]),
        (make.officer(association), [200, 200, 200]),
    ):
        client.force_login(viewer)
        assert [client.get(one).status_code for one in addresses] == seen
    client.logout()
    assert client.get(mine.get_absolute_url()).status_code == 302


def test_only_officers_of_the_area_change_a_unit_and_its_rows(client, officer):
    near, far = make.organisation(), elsewhere()
    level = actions.state_fact(
        actions.NewFact(far, FactKind.ACCOUNT, "normal", date(2024, 1, 1), "章程"), **BY
    )
    tied = tie(far, make.organisation(region=far.region))
    acts = [
        address("describe", far.pk),
        address("rename", far.pk),
        address("state_fact", far.pk, "level"),
        address("add_tie", far.pk),
        address("correct_fact", level.pk),
        address("end_fact", level.pk),
        address("end_tie", tied.pk),
        address("compare", near.pk, far.pk),
    ]
    assert client.get(address("describe", near.pk)).status_code == 200
    assert [client.get(one).status_code for one in acts] == [404] * len(acts)
    assert [client.post(one, {"last_day": "2025-01-01"}).status_code for one in acts] == [404] * len(acts)
    assert client.get(far.get_absolute_url()).context["may_edit"] is False


def test_a_unit_that_belongs_to_the_association_is_kept_by_its_officers_wherever_it_is(
    client, officer, association
):
    far = elsewhere()
    tie(far, association.organisation, TieKind.AFFILIATION)
    assert client.get(address("describe", far.pk)).status_code == 200


def test_an_officer_registers_a_person_and_writes_down_what_is_known(client, officer, city):
    society = make.organisation("心理学会", region=city)
    answer = client.post(
        address("register_person"),
        {"name": "李四", "identity_number": SOMEBODY.lower(), "phone": "138 1234 5678"},
    )
    somebody = Person.objects.get()
    assert answer.url == somebody.get_absolute_url()
    posts = {"kind": "council", "organisation": "心理学会", "post": "常务理事", **SINCE}
    client.post(address("add_person_tie", somebody.pk), posts)
    client.post(address("state_person_fact", somebody.pk, "field"), {"value": "心理", **SINCE})
    client.post(address("state_person_fact", somebody.pk, "region"), {"value": "411200", **SINCE})
    client.post(address("qualify", somebody.pk), {"name": "心理咨询师", "level": 2, **SINCE})
    assert sorted(PersonFact.objects.values_list("kind", "value")) == [
        ("field", "心理"),
        ("region", "411200"),
    ]
    assert PersonQualification.objects.get().level == 2
    client.post(address("end_person_row", PersonQualification.objects.get().pk), {"last_day": "2025-06-01"})
    assert PersonQualification.objects.get().valid_until == date(2025, 6, 1)

    page = client.get(somebody.get_absolute_url()).content.decode()
    assert ("110105********002X" in page, SOMEBODY in page, "常务理事" in page) == (True, False, True)
    listed = client.get(address("people"), {"q": "李四"}).content.decode()
    assert ("138****5678" in listed, "13812345678" in listed, "常务理事" in listed) == (True, False, True)
    assert society.get_absolute_url() in page


def test_all_faults_of_a_person_come_at_once_without_the_number_in_the_words(client, officer):
    typed = {"name": "", "identity_number": "110105194912310021", "phone": "12", "birth_date": "x"}
    answer = client.post(address("register_person"), typed)
    faults = answer.context["form"].errors
    assert sorted(faults) == ["birth_date", "identity_number", "name", "phone"]
    assert "110105194912310021" not in str(faults)


def test_a_person_is_seen_by_the_own_unit_the_person_and_officers_of_the_area(client, association, city):
    society = make.organisation(region=city)
    somebody, stranger = person(), person("王五")
    tie(somebody, society)
    tie(stranger, elsewhere())
    own = make.user()
    own.person = somebody
    own.save()
    pages = [one.get_absolute_url() for one in (somebody, stranger)]
    for viewer, seen in (
        (make.officer(association), [200, 404]),
        (make.holder(Role.LEADER, association.organisation), [200, 404]),
        (make.holder(Role.UNIT_ADMIN, society), [200, 404]),
        (own, [200, 404]),
        (make.holder(Role.APPLICANT, make.organisation()), [404, 404]),
    ):
        client.force_login(viewer)
        assert [client.get(page).status_code for page in pages] == seen
    client.force_login(make.holder(Role.UNIT_ADMIN, society))
    assert client.get(address("describe_person", somebody.pk)).status_code == 404
    assert [row.pk for row in client.get(address("people")).context["list"].page] == [somebody.pk]
    client.force_login(make.holder(Role.EXPERT, society))
    assert client.get(address("people")).status_code == 404


def test_a_unit_does_not_see_where_else_its_people_belong_but_the_person_does(client, association):
    mine, other = make.organisation("果树学会"), make.organisation("茶叶学会")
    somebody = person()
    tie(somebody, mine)
    tie(somebody, other)
    own = make.user()
    own.person = somebody
    own.save()
    pages = [somebody.get_absolute_url(), address("people")]
    client.force_login(make.holder(Role.UNIT_ADMIN, mine))
    shown = [client.get(page).content.decode() for page in pages]
    assert [("果树学会" in page, "茶叶学会" in page) for page in shown] == [(True, False)] * 2
    assert f'href="{address("list")}"' not in shown[1]
    client.force_login(own)
    assert "茶叶学会" in client.get(pages[0]).content.decode()


def test_the_page_of_a_unit_shows_its_people_to_those_who_may_see_them_only(client, association, city):
    society = make.organisation(region=city)
    tie(person("李四"), society)
    tie(person("王五"), association.organisation)
    client.force_login(make.holder(Role.APPLICANT, society))
    assert "李四" in client.get(society.get_absolute_url()).content.decode()
    assert "王五" not in client.get(association.organisation.get_absolute_url()).content.decode()


def test_base_figures_are_entered_and_corrected_for_the_own_area_only(client, officer, city):
    make.region("430000", "湖南省")
    page = address("figures", "411200")
    figure = {"kind": "population", "year": 2023, "value": "2034000", "source": "统计公报"}
    client.post(page, figure)
    client.post(page, {**figure, "value": "2035000"})
    assert BaseFigure.objects.filter(corrected_at=None).get().value == 2_035_000
    shown = client.get(page).content.decode()
    assert ("2,034,000 人" in shown, "2,035,000 人" in shown) == (True, True)
    assert client.get(address("figures", "430000")).status_code == 404
    assert [row.known for row in client.get(address("regions")).context["list"].page] == [1]
    wrong = client.post(page, {"kind": "population", "year": 2090, "value": "1.5", "source": ""})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["source"])
    wrong = client.post(page, {**figure, "value": "1.5"})
    assert list(wrong.context["form"].errors) == ["value"]


def test_applicants_and_leaders_change_nothing(client, association):
    unit = make.organisation()
    for viewer in (make.holder(Role.APPLICANT, unit), make.holder(Role.LEADER, association.organisation)):
        client.force_login(viewer)
        pages = [address("register"), address("describe", unit.pk), address("duplicates"), address("regions")]
        pages += [address("register_person"), address("undo_merge", uuid4())]
        assert [client.get(page).status_code for page in pages] == [404] * len(pages)


@pytest.mark.parametrize("rows", [1, 12])
def test_pages_cost_the_same_for_any_number_of_rows(
    client, officer, rows, django_assert_max_num_queries, city
):
    unit, society = make.organisation(region=city), make.organisation(region=city)
    for number in range(rows):
        somebody = person(f"人{number}")
        tie(somebody, unit, TieKind.COUNCIL, post=f"职务{number}")
        tie(make.organisation(f"下属{number}"), unit, TieKind.BRANCH)
        actions.state_fact(
            actions.NewFact(unit, FactKind.TRAIT, "yes", date(2024, 1, 1), "章程", f"特征{number}"), **BY
        )
        tie(somebody, society)
    pages = [
        (unit.get_absolute_url(), 17),
        (Person.objects.first().get_absolute_url(), 17),
        (address("people"), 11),
        (address("list"), 11),
        (address("duplicates"), 13),
        (address("duplicate_people"), 13),
        (address("regions"), 9),
    ]
    for page, limit in pages:
        client.get(page)
        with django_assert_max_num_queries(limit):
            assert client.get(page).status_code == 200
