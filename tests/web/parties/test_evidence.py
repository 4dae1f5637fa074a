"""The paper that proves a fact: sent with the fact, seen and fetched by those who may, unknown to all others."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import PersonFact, PersonQualification
from tests.web import make
from tests.web.parties.rolls import address, person, place, tie

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
FACT = {"value": "yes", "valid_from": "2025-01-01", "source": "法人证书"}


def paper(name: str = "法人证书.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stated(client, unit, **more):
    return client.post(address("state_fact", unit.pk, "legal_person"), FACT | more)


def link(file) -> str:
    return reverse("files:download", args=[file.pk])


@pytest.fixture
def unit(city):
    return make.organisation(region=city)


def test_the_paper_of_a_fact_is_kept_with_its_digest_and_handed_out_as_it_came(client, officer, unit):
    assert (
        'enctype="multipart/form-data"'
        in client.get(address("state_fact", unit.pk, "legal_person")).content.decode()
    )

    answer = stated(client, unit, file=paper())

    file = unit.facts.get(kind="legal_person").evidence
    assert (answer.status_code, file.name, file.sha256) == (
        302,
        "法人证书.pdf",
        hashlib.sha256(PDF).hexdigest(),
    )
    assert link(file) in client.get(unit.get_absolute_url()).content.decode()
    assert b"".join(client.get(link(file)).streaming_content) == PDF


def test_a_fact_does_without_a_paper(client, officer, unit):
    assert stated(client, unit).status_code == 302
    assert unit.facts.get(kind="legal_person").evidence is None


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [("证书.pdf", b"<html><body>", "不接受这种格式的文件。"), ("空.pdf", b"", "文件是空的。")],
)
def test_a_paper_that_is_refused_says_so_at_its_field_and_states_nothing(
    client, officer, name, content, fault
):
    unit = make.organisation()  # nobody has said where it is, so every officer may state facts of it
    answer = stated(client, unit, file=paper(name, content))

    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, [fault])
    assert answer.context["form"]["source"].value() == "法人证书"
    assert unit.facts.filter(kind="legal_person").count() == 0


def test_a_paper_over_twenty_megabytes_is_refused(client, officer, unit):
    answer = stated(client, unit, file=paper(content=PDF + bytes(20 << 20)))
    assert answer.context["form"].errors["file"] == ["文件不得超过 20 MB。"]


def test_the_upload_of_somebody_else_is_no_paper_of_mine(client, officer, unit, association):
    stated(client, unit, file=paper())
    theirs = StoredFile.objects.get()
    client.force_login(make.officer(association))

    answer = client.post(
        address("state_fact", unit.pk, "account"),
        {"value": "normal", "valid_from": "2025-01-01", "source": "开户许可证", "sent": str(theirs.pk)},
    )

    assert answer.context["form"].errors["file"] == ["找不到已上传的文件，请重新选择。"]
    assert unit.facts.filter(kind="account").count() == 0


def test_who_keeps_a_unit_or_works_for_it_reads_its_papers_and_nobody_else(
    client, officer, unit, association
):
    stated(client, unit, file=paper())
    file = StoredFile.objects.get()
    elsewhere = make.association()
    place(elsewhere.organisation, make.region("430000", "湖南省"))

    def reads(account) -> tuple[int, bool]:
        client.force_login(account)
        page = client.get(unit.get_absolute_url())
        shown = page.status_code == 200 and link(file) in page.content.decode()
        return client.get(link(file)).status_code, shown

    assert reads(make.officer(association)) == (200, True)
    assert reads(make.holder(Role.APPLICANT, unit)) == (200, True)
    assert reads(make.officer(elsewhere)) == (404, False)  # sees the unit, as all associations do
    assert reads(make.holder(Role.APPLICANT, make.organisation())) == (404, False)
    assert reads(make.user()) == (404, False)
    client.logout()
    assert client.get(link(file)).status_code == 302


def test_papers_of_people_are_read_by_whoever_sees_the_person(client, officer, unit):
    somebody = person("韩砚秋")
    tie(somebody, unit)
    field = {"value": "果树", "valid_from": "2025-01-01", "source": "职称证书"}
    client.post(address("state_person_fact", somebody.pk, "field"), field | {"file": paper("职称.pdf")})
    certificate = {"name": "国家心理咨询师", "level": "2", "valid_from": "2020-01-01", "source": "证书"}
    client.post(address("qualify", somebody.pk), certificate | {"file": paper("证书.pdf")})
    files = [PersonFact.objects.get().evidence, PersonQualification.objects.get().evidence]
    assert PersonQualification.objects.get().valid_from == date(2020, 1, 1)

    myself = make.user()
    type(myself).objects.filter(pk=myself.pk).update(person=somebody)

    def read_by(account) -> list[int]:
        client.force_login(account)
        return [client.get(link(file)).status_code for file in files]

    page = client.get(somebody.get_absolute_url()).content.decode()
    assert [link(file) in page for file in files] == [True, True]
    assert read_by(make.holder(Role.APPLICANT, unit)) == [200, 200]
    assert read_by(myself) == [200, 200]
    assert read_by(make.holder(Role.APPLICANT, make.organisation())) == [404, 404]


def test_the_page_of_a_unit_costs_the_same_with_one_paper_and_with_three(client, officer, unit):
    def cost() -> int:
        client.get(unit.get_absolute_url())  # says that it was done, once
        with CaptureQueriesContext(connection) as queries:
            client.get(unit.get_absolute_url())
        return len(queries)

    stated(client, unit, file=paper())
    one = cost()
    stated(client, unit, value="no", valid_from="2025-02-01", file=paper())
    stated(client, unit, value="yes", valid_from="2025-03-01", file=paper())
    assert unit.facts.filter(evidence__isnull=False).count() == 3
    assert cost() == one
