"""The pages of organisations, associations and offices."""

import pytest
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.parties.models import Office
from tests.web import make

pytestmark = pytest.mark.django_db
OFFICE = {
    "name": "学会部",
    "phones": "0398-2861234\n13812345678",
    "email": "",
    "address": "崤山路 1 号",
    "postcode": "472000",
}


def open_office(client, association):
    return client.post(reverse("parties:open_office", args=[association.pk]), OFFICE)


def test_an_officer_opens_changes_and_closes_an_office(client):
    association = make.association()
    client.force_login(make.officer(association))
    assert open_office(client, association).status_code == 302
    office = Office.objects.get()
    assert (office.phones, office.postcode) == (["0398-2861234", "13812345678"], "472000")

    client.post(reverse("parties:office", args=[office.pk]), {**OFFICE, "name": "学会学术部"})
    client.post(reverse("parties:close_office", args=[office.pk]))
    office.refresh_from_db()
    assert office.name == "学会学术部"
    assert office.valid_until is not None


@pytest.mark.parametrize(
    "wrong", [{"phones": "call me"}, {"postcode": "47200"}, {"email": "x"}, {"name": ""}]
)
def test_a_malformed_office_is_refused_with_the_fault_at_its_field(client, wrong):
    association = make.association()
    client.force_login(make.officer(association))
    response = client.post(reverse("parties:open_office", args=[association.pk]), {**OFFICE, **wrong})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert Office.objects.count() == 0


def test_two_offices_cannot_have_one_name(client):
    association = make.association()
    client.force_login(make.officer(association))
    open_office(client, association)
    assert open_office(client, association).status_code == 422
    assert Office.objects.count() == 1


def test_an_officer_of_another_association_finds_nothing_and_changes_nothing(client):
    association = make.association()
    client.force_login(make.officer(association))
    open_office(client, association)
    office = Office.objects.get()

    client.force_login(make.officer(make.association()))
    answers = [
        client.get(reverse("parties:association", args=[association.pk])),
        open_office(client, association),
        client.post(reverse("parties:office", args=[office.pk]), {**OFFICE, "name": "别的"}),
        client.post(reverse("parties:close_office", args=[office.pk])),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    office.refresh_from_db()
    assert (office.name, office.valid_until) == ("学会部", None)


def test_only_listed_fields_of_an_association_can_be_changed(client):
    association = make.association(slug="a-city")
    client.force_login(make.officer(association))
    fields = {"site_name": "新名", "document_mark": "三科协", "number_pattern": "{mark}〔{year}〕{number}号"}
    posted = {**fields, "slug": "stolen", "is_demonstration": "on", "keeps_the_site": "on"}
    client.post(reverse("parties:profile", args=[association.pk]), posted)
    association.refresh_from_db()
    kept = (association.slug, association.is_demonstration, association.keeps_the_site)
    assert (association.site_name, *kept) == ("新名", "a-city", False, False)


@pytest.mark.parametrize("pattern", ["{year}", "{year}{number}{secret}", "{year}{year}{number}", "号"])
def test_a_number_pattern_without_its_places_is_refused(client, pattern):
    association = make.association()
    client.force_login(make.officer(association))
    posted = {"site_name": "新名", "document_mark": "", "number_pattern": pattern}
    response = client.post(reverse("parties:profile", args=[association.pk]), posted)
    assert response.status_code == 422


def test_applicants_have_no_list_of_organisations(client):
    client.force_login(make.holder(Role.APPLICANT, make.organisation()))
    assert client.get(reverse("parties:list")).status_code == 404


def test_an_organisation_shows_its_names_and_the_list_finds_it(client):
    society = make.organisation("三门峡市果树学会", short_name="果树学会")
    client.force_login(make.officer(make.association()))
    page = client.get(reverse("parties:organisation", args=[society.pk])).content.decode()
    assert "果树学会" in page
    found = client.get(reverse("parties:list"), {"q": "果树", "kind": "society"})
    assert [row.pk for row in found.context["list"].page] == [society.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(client, rows, django_assert_max_num_queries):
    client.force_login(make.officer(make.association()))
    for _number in range(rows):
        make.organisation(region=make.region(code=f"41{_number:04}", name=f"区{_number}"))
    client.get(reverse("parties:list"))
    with django_assert_max_num_queries(9):
        client.get(reverse("parties:list"))
