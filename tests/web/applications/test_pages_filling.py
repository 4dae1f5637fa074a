"""The form on its page: begin, fill, save, check, submit, hold the receipt; without scripts."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application, Submission
from keqiao.web.config.middleware import arrival
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Offer
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import fields_of, posted_from, words_of
from tests.web.reopened import reopened

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> SimpleNamespace:
    """The call of Jining as if it were open, a unit, and who applies for it."""
    association = make.association("济宁市科学技术协会", slug="jining")
    until = local_day(timezone.now()) + timedelta(days=21)
    call = make.published_call(association, reopened("jining-2023", until))
    unit = make.organisation("云岫县科学技术协会", kind="association", level="county")
    return SimpleNamespace(
        association=association,
        call=call,
        unit=unit,
        account=make.holder(Role.APPLICANT, unit),
        offer=Offer.objects.filter(call=call, node="a1").get(),
    )


@pytest.fixture
def applicant(client: Client, city: SimpleNamespace) -> Client:
    client.force_login(city.account)
    return client


def begun(client: Client, city: SimpleNamespace) -> Application:
    client.post(reverse("applications:begin", args=[city.offer.pk]), {"unit": str(city.unit.pk)})
    return Application.objects.get()


def fill(client: Client, application: Application, typed: dict[str, Any], do: str = "save") -> Any:
    """Change some blanks of the page as a browser without scripts would, and press a button."""
    page = client.get(reverse("applications:fill", args=[application.pk]))
    posted = {**posted_from(page), **{f"f.{name}": value for name, value in typed.items()}, "do": do}
    return client.post(reverse("applications:fill", args=[application.pk]), posted)


def test_what_is_typed_is_saved_and_shown_again(applicant: Client, city: SimpleNamespace):
    application = begun(applicant, city)

    answer = fill(applicant, application, {"project": "科学下乡", "class": "A类", "plan": "第一步\n第二步"})

    assert answer.status_code == 302
    page = applicant.get(answer.url)
    assert fields_of(page)["f.project"] == "科学下乡"
    assert fields_of(page)["f.class"] == ["A类"]
    assert fields_of(page)["f.plan"] == "第一步\n第二步"


COMPLETE = {
    "project": "科学下乡",
    "class": "A类",
    "unit": "云岫科学学会",
    "address": "济宁市演示路1号",
    "conditions": "会员一百人，场所三百平方米。",
    "plan": "一月准备，三月实施，十一月总结。",
    "effect": "活动24场次，受益4800人次。",
    "head.name": "赵知行",
    "head.employer": "云岫科学学会",
    "head.post": "理事长",
    "head.phone": "13800000009",
    "head.email": "head@example.org",
    "contact.name": "孙砚秋",
    "contact.employer": "云岫科学学会",
    "contact.post": "秘书",
    "contact.phone": "13800000002",
    "contact.email": "contact@example.org",
}


def test_the_check_names_all_that_is_missing_with_links_to_each_place(
    applicant: Client, city: SimpleNamespace
):
    application = begun(applicant, city)

    answer = fill(applicant, application, {"project": "科学下乡"}, do="check")

    page = html.fromstring(applicant.get(answer.url).content.decode())
    places = page.xpath("//*[@id='checked']//a/@href")
    assert {"#f.class", "#f.plan", "#f.head"} <= set(places)
    assert all(page.xpath(f"//*[@id='{place[1:]}']") for place in places)


def test_before_the_check_nobody_is_told_what_is_only_missing_yet(applicant: Client, city: SimpleNamespace):
    application = begun(applicant, city)

    answer = fill(applicant, application, {"plan": "长" * 501})

    page = html.fromstring(applicant.get(answer.url).content.decode())
    faulty = [each.get("id") for each in page.xpath("//*[@aria-invalid='true']")]
    assert faulty == ["f.plan"]


def test_a_complete_form_is_submitted_and_its_receipt_held(applicant: Client, city: SimpleNamespace):
    application = begun(applicant, city)
    look = fill(applicant, application, COMPLETE, do="submit")
    page = applicant.get(look.url)
    form = next(
        one
        for one in html.fromstring(page.content.decode()).forms
        if str(one.get("action")).endswith("/submit/")
    )

    answer = applicant.post(form.get("action"), {**dict(form.form_values()), "reason": "已与受理单位沟通"})

    submission = Submission.objects.get()
    assert answer.url == reverse("applications:receipt", args=[submission.pk])
    receipt = words_of(applicant.get(answer.url))
    assert submission.number in receipt
    assert submission.digest in receipt


def test_in_a_full_house_a_small_page_tells_the_place_and_brings_the_same_form_again(
    applicant: Client, city: SimpleNamespace, settings, monkeypatch, django_assert_num_queries
):
    application = begun(applicant, city)
    fill(applicant, application, COMPLETE)
    address, sent = (
        reverse("applications:submit", args=[application.pk]),
        {"key": "0" * 32, "reason": "已沟通"},
    )
    first_try = timezone.now()
    monkeypatch.setattr(arrival, "database_now", lambda: first_try)
    settings.SUBMISSIONS_AT_ONCE = 0
    applicant.post(address, sent)
    with django_assert_num_queries(3):  # the session, the person, the roles
        full = applicant.post(address, sent)
    (form,) = html.fromstring(full.content.decode()).forms

    monkeypatch.setattr(arrival, "database_now", lambda: first_try + timedelta(seconds=20))
    settings.SUBMISSIONS_AT_ONCE = 3
    done = applicant.post(form.get("action"), dict(form.form_values()))

    assert (full.status_code, full.headers["Retry-After"]) == (503, "1")
    assert full.headers["Cache-Control"] == "no-store"
    assert "您排在第 1 位" in words_of(full)
    submission = Submission.objects.get()
    assert done.url == reverse("applications:receipt", args=[submission.pk])
    assert (submission.key, submission.arrived_at) == (sent["key"], first_try)


def test_whose_reason_is_missing_gives_it_where_that_is_told_and_it_is_sent(
    applicant: Client, city: SimpleNamespace
):
    until = (local_day(timezone.now()) + timedelta(days=21)).isoformat()
    paper = {"materials": [{"name": "推荐函"}], "deadline": {"on": until}}
    wanted = makers.definition(forms=[{"id": "f1", "title": "申报书", "fields": makers.FIELDS[:3]}], **paper)
    society = makers.unit()
    applicant.force_login(makers.applicant(society))
    city = SimpleNamespace(unit=society, offer=makers.offer(make.published_call(city.association, wanted)))
    application = begun(applicant, city)
    typed = {"project": "科学下乡", "summary": "六个乡镇。", "leader.name": "张工"}
    fill(
        applicant,
        application,
        {**typed, "leader.id_number": "410105198001011239", "leader.phone": "13800000000"},
    )
    sent = {"key": "0" * 32, "reason": ""}

    told = applicant.post(reverse("applications:submit", args=[application.pk]), sent)
    (form,) = (one for one in html.fromstring(told.content.decode()).forms if one.xpath(".//textarea"))
    (place,) = form.xpath(".//textarea[@name='reason']")
    done = applicant.post(form.get("action"), {**dict(form.form_values()), "reason": "已与受理单位沟通"})

    assert (told.status_code, place.get("required"), place.get("autofocus")) == (409, "", "")
    assert done.url == reverse("applications:receipt", args=[Submission.objects.get().pk])
    assert Submission.objects.get().key == sent["key"]


def test_where_something_is_wrong_no_reason_is_asked_for(applicant: Client, city: SimpleNamespace):
    application = begun(applicant, city)

    told = applicant.post(
        reverse("applications:submit", args=[application.pk]), {"key": "0" * 32, "reason": ""}
    )

    assert told.status_code == 409
    assert not html.fromstring(told.content.decode()).xpath("//textarea")
