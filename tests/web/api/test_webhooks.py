"""Addresses that are told what happens: who keeps them, what they are told, and what never goes out."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.api import actions
from keqiao.web.api.kinds import LABELS, Kind
from keqiao.web.api.models import Delivery, Webhook
from keqiao.web.api.queries import webhooks_of
from keqiao.web.api.verification import check_webhooks
from keqiao.web.applications import actions as applying
from keqiao.web.audit.queries import timeline
from keqiao.web.config.middleware.arrival import database_now
from keqiao.web.duties.models import Duty
from keqiao.web.endorsement import actions as endorsing
from keqiao.web.endorsement.models import Passage
from tests.web import make
from tests.web.api.callers import program, sent
from tests.web.applications import makers
from tests.web.endorsement.makers import NOW, Place, queue_of

pytestmark = pytest.mark.django_db
ALL = frozenset(LABELS)
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]


def wanted(organisation, *kinds, url="https://hooks.example.org/in", name="业务系统"):
    return actions.NewWebhook(organisation.pk, name, url, frozenset(kinds) or ALL)


def set_up(organisation, keeper, *kinds):
    return actions.set_up(wanted(organisation, *kinds), actor=keeper, at=database_now()).webhook


def told(webhook):
    return [(row.kind, json.loads(row.body)) for row in webhook.deliveries.order_by("queued_at", "kind")]


def test_the_secret_is_shown_once_and_stands_locked():
    unit = makers.unit()
    made = actions.set_up(wanted(unit), actor=makers.applicant(unit), at=database_now())

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_webhook")
        (stored,) = cursor.fetchone()
    assert made.secret not in stored
    assert Webhook.objects.get().secret.plain() == made.secret
    assert made.secret not in repr(made)
    assert [event.act for event in timeline(made.webhook)] == ["set_up"]
    assert made.secret not in str([event.data for event in timeline(made.webhook)])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kinds": frozenset()}, "webhook.tells_nothing"),
        ({"kinds": frozenset({Kind.TRIAL})}, "webhook.tells_nothing"),
        ({"url": "http://hooks.example.org/in"}, "webhook.malformed"),
        ({"url": "https://127.0.0.1/in"}, "webhook.host"),
        ({"url": "https://elsewhere.example.org/in"}, "webhook.host"),
    ],
)
def test_an_address_that_must_not_be_called_is_not_set_up(changes, code):
    unit = makers.unit()
    asked = {"organisation_id": unit.pk, "name": "系统", "url": "https://hooks.example.org/", "kinds": ALL}

    with pytest.raises(ValidationError) as refused:
        actions.set_up(
            actions.NewWebhook(**{**asked, **changes}), actor=makers.applicant(unit), at=database_now()
        )

    assert refused.value.code == code
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.FINANCE, Role.LEADER])
def test_who_keeps_nothing_sets_nothing_up(role):
    unit = makers.unit()
    with pytest.raises(ValidationError) as refused:
        actions.set_up(wanted(unit), actor=make.holder(role, unit), at=database_now())
    assert refused.value.code == "webhook.unit_foreign"
    with pytest.raises(ValidationError):
        actions.set_up(wanted(unit), actor=makers.applicant(makers.unit()), at=database_now())


def test_a_submission_is_told_to_its_unit_and_to_the_office_and_to_nobody_else():
    call, unit, other = makers.call(), makers.unit(), makers.unit()
    officer = make.officer(call.association)
    mine = set_up(unit, makers.applicant(unit))
    office = set_up(call.association.organisation, officer)
    strangers = [
        set_up(other, makers.applicant(other)),
        set_up((elsewhere := make.association()).organisation, make.officer(elsewhere)),
    ]

    application = makers.submitted(call, makers.applicant(unit))

    expected = {
        "application": str(application.pk),
        "call": str(call.pk),
        "unit": str(unit.pk),
        "state": "submitted",
    }
    for each in (mine, office):
        ((kind, body),) = told(each)
        assert kind == body["type"] == "application.submitted"
        assert body["data"] == expected
        assert body["timestamp"].endswith("Z")
        assert each.deliveries.get().association_id == call.association_id
    assert [told(each) for each in strangers] == [[], []]


def test_only_chosen_kinds_are_told():
    call, unit = makers.call(), makers.unit()
    account = makers.applicant(unit)
    hook = set_up(unit, account, Kind.WITHDRAWN)
    application = makers.submitted(call, account)
    assert told(hook) == []

    applying.withdraw(application.pk, actor=account, at=NOW, reason="方案有变")

    ((kind, body),) = told(hook)
    assert (kind, body["data"]["state"]) == ("application.withdrawn", "withdrawn")


def test_what_an_endorser_decides_is_told_when_the_list_goes_on_and_not_before():
    place = Place()
    call = place.call()
    unit_hook = None
    passages = []
    for name in ("甲学会", "乙学会"):
        unit = place.unit(name)
        unit_hook = set_up(unit, makers.applicant(unit))
        makers.submitted(call, makers.applicant(unit))
        passages.append(unit.pk)
    county = set_up(place.county_body, place.endorser)

    first, second = Passage.objects.filter(unit_id__in=passages).order_by("since", "pk")
    endorsing.recommend(first.pk, "同意推荐", actor=place.endorser, at=NOW)
    endorsing.decline(second.pk, "材料不全", actor=place.endorser, at=NOW)
    assert told(county) == []
    assert [kind for kind, _body in told(unit_hook)] == ["application.submitted"]

    batch = endorsing.forward(queue_of(first).pk, actor=place.endorser, at=NOW)

    ((kind, body),) = told(county)
    assert kind == "batch.forwarded"
    assert (body["data"]["batch"], body["data"]["state"]) == (str(batch.pk), "forwarded")
    filed = set_up(place.association.organisation, place.officer)
    endorsing.receive([first.pk], actor=place.officer, at=NOW)
    ((kind, body),) = told(filed)
    assert (kind, body["data"]["state"]) == ("application.received", "received")


def test_bodies_hold_ids_states_numbers_and_a_time_and_nothing_else():
    place = Place()
    call = place.call()
    hook = set_up(place.association.organisation, place.officer)
    passage = place.recommended(call)
    batch = endorsing.forward(queue_of(passage).pk, actor=place.endorser, at=NOW)
    endorsing.recall(batch.pk, "名单有误", actor=place.endorser, at=NOW)

    bodies = told(hook)

    assert {kind for kind, _body in bodies} == {
        "application.submitted", "application.filed", "batch.forwarded", "application.recalled", "batch.recalled",
    }  # fmt: skip
    states = {"submitted", "filed", "forwarded", "recalled", "recommended"}
    for _kind, body in bodies:
        assert set(body) == {"type", "timestamp", "data"}
        for value in body["data"].values():
            assert isinstance(value, int) or ID.fullmatch(value) or value in states


class Undone(Exception):
    """The act fails at last."""


def submitted_and_undone(call, unit, hook):
    with transaction.atomic():
        makers.submitted(call, makers.applicant(unit))
        assert told(hook) != []
        raise Undone


def test_what_is_undone_is_not_told():
    call, unit = makers.call(), makers.unit()
    hook = set_up(unit, makers.applicant(unit))

    with pytest.raises(Undone):
        submitted_and_undone(call, unit, hook)

    assert told(hook) == []


def test_a_whole_list_is_told_in_two_statements():
    place = Place()
    call = place.call()
    set_up(place.association.organisation, place.officer)
    first = place.recommended(call)
    for _each in range(2):
        place.recommended(call)
    with CaptureQueriesContext(connection) as seen:
        endorsing.forward(queue_of(first).pk, actor=place.endorser, at=NOW)

    asked = [each["sql"] for each in seen if "api_" in each["sql"]]
    assert [each.split()[0] for each in asked] == ["SELECT", "INSERT"] * 2  # the list; its three applications
    assert Delivery.objects.filter(kind="application.filed").count() == 3


def test_a_stopped_address_is_told_nothing_and_its_secret_is_gone():
    call, unit = makers.call(), makers.unit()
    account = makers.applicant(unit)
    hook = set_up(unit, account)
    makers.submitted(call, account)

    actions.stop(hook.pk, actor=account, at=database_now())
    makers.submitted(call, makers.applicant(unit))

    hook.refresh_from_db()
    assert hook.secret == ""
    assert [(row.state, row.fault) for row in hook.deliveries.all()] == [("failed", "stopped")]
    assert check_webhooks().faults == ()


def test_a_disabled_address_is_a_duty_of_its_keepers_until_it_is_taken_up_again():
    unit = makers.unit()
    account = makers.applicant(unit)
    hook = set_up(unit, account)
    actions.disable(hook.pk, at=database_now())

    duties = Duty.objects.filter(kind="api.webhook_disabled", settled_at__isnull=True)
    assert {(each.role, each.organisation_id) for each in duties} == {
        (role, unit.pk) for role in ("officer", "applicant", "unit_admin", "endorser")
    }
    assert {each.variables["host"] for each in duties} == {"hooks.example.org"}
    actions.enable(hook.pk, actor=account, at=database_now())
    assert not duties.all().exists()
    assert [event.act for event in timeline(hook)] == ["set_up", "disabled", "enabled"]
    assert check_webhooks().faults == ()


def test_an_address_changed_past_the_log_is_noticed():
    unit = makers.unit()
    hook = set_up(unit, makers.applicant(unit))
    Webhook.objects.update(disabled_at=database_now())

    assert [fault.code for fault in check_webhooks().faults] == ["case.state_differs"]
    assert check_webhooks().faults[0].about.startswith(f"api.webhook {hook.pk}")


def test_nobody_sees_or_touches_the_address_of_another_organisation(client):
    unit = makers.unit()
    account = makers.applicant(unit)
    hook = set_up(unit, account)
    trial = actions.try_out(hook.pk, actor=account, at=database_now())
    pages = {
        "webhook": ("get", hook.pk),
        "webhook_made": ("get", hook.pk),
        "try_out": ("post", hook.pk),
        "stop": ("post", hook.pk),
        "enable": ("post", hook.pk),
        "redeliver": ("post", trial.pk),
    }
    for stranger in (makers.applicant(makers.unit()), make.officer(make.association())):
        assert not webhooks_of(stranger, database_now()).exists()
        client.force_login(stranger)
        for name, (method, pk) in pages.items():
            assert getattr(client, method)(reverse(f"api:{name}", args=[pk])).status_code == 404

    client.force_login(account)
    assert client.get(reverse("api:webhook", args=[hook.pk])).status_code == 200
    hook.refresh_from_db()
    assert hook.stopped_at is None


def test_a_colleague_keeps_the_address_as_well():
    unit = makers.unit()
    hook = set_up(unit, makers.applicant(unit))
    colleague = makers.applicant(unit)

    actions.stop(hook.pk, actor=colleague, at=database_now())

    hook.refresh_from_db()
    assert hook.stopped_at is not None


def test_the_page_shows_the_secret_once(client):
    unit = makers.unit()
    account = makers.applicant(unit)
    client.post(reverse("account_login"), {"login": account.email, "password": make.PASSWORD})
    address = reverse("api:webhooks")
    said = {
        "name": "业务系统",
        "organisation": str(unit.pk),
        "url": "https://hooks.example.org/in",
        "kinds": ["application.submitted"],
    }

    answer = client.post(address, said)

    hook = Webhook.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("api:webhook_made", args=[hook.pk])
    shown, again = (client.get(answer.headers["Location"]) for _look in range(2))
    secret = hook.secret.plain()
    assert f'value="{secret}"' in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert secret not in again.content.decode()
    assert "签名密钥只在新建后显示一次" in again.content.decode()
    assert Webhook.objects.count() == 1


def test_the_page_says_all_that_is_wrong_and_keeps_what_was_typed(client):
    unit = makers.unit()
    account = makers.applicant(unit)
    client.post(reverse("account_login"), {"login": account.email, "password": make.PASSWORD})

    answer = client.post(
        reverse("api:webhooks"),
        {
            "name": "业务系统",
            "organisation": str(unit.pk),
            "url": "https://evil.example/",
            "kinds": ["batch.forwarded"],
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不在管理员允许推送的名单里" in page
    assert "https://evil.example/" in page


def test_the_page_opens_only_to_a_fresh_proof(client):
    client.force_login(makers.applicant(makers.unit()))

    answer = client.get(reverse("api:webhooks"))

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (
        302,
        reverse("account_reauthenticate"),
    )


def test_the_pages_take_as_many_queries_for_three_as_for_one(client, django_assert_num_queries):
    unit = makers.unit()
    account = makers.applicant(unit)
    client.post(reverse("account_login"), {"login": account.email, "password": make.PASSWORD})
    hook = set_up(unit, account)
    actions.try_out(hook.pk, actor=account, at=database_now())
    pages = [reverse("api:webhooks"), reverse("api:webhook", args=[hook.pk])]
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as one:
            assert client.get(page).status_code == 200
        for each in range(2):
            set_up(unit, account)
            actions.try_out(hook.pk, actor=account, at=database_now() + timedelta(seconds=each))
        with django_assert_num_queries(len(one)):
            assert client.get(page).status_code == 200


def test_a_unit_reads_what_its_address_was_told_about_a_case_of_an_association(client):
    call, unit = makers.call(deadline={"on": "2090-06-30"}), makers.unit()
    account = makers.applicant(unit)
    hook = set_up(unit, account)
    office = set_up(call.association.organisation, make.officer(call.association))
    caller = program(account)
    node = makers.offer(call).node
    begun = sent(caller, "POST", "/applications", {"call": call.slug, "node": node, "unit": str(unit.pk)})
    address = f"/applications/{begun.json()['id']}"
    sent(caller, "PUT", f"{address}/answers", {"version": 1, "answers": makers.ANSWERS})
    key = {"Idempotency-Key": "0123456789abcdef"}
    assert sent(caller, "POST", f"{address}/submission", {}, **key).status_code == 201

    row, theirs = hook.deliveries.get(), office.deliveries.get()
    client.force_login(account)
    page = client.get(reverse("api:webhook", args=[hook.pk])).content.decode()
    assert (str(row.pk) in page, str(theirs.pk) in page) == (True, False)
    assert client.post(reverse("api:redeliver", args=[theirs.pk])).status_code == 404
