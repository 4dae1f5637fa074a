"""A unit that an application names is asked, reads it, and says whether it joins."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.core.findings import Weight
from keqiao.web.accounts.roles import Role
from keqiao.web.applications import actions, queries, verification
from keqiao.web.applications.models import Joining
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.shown_to_partners import shown_to_partners
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.notifications.models import Message
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db

NAME = "渑池县果树协会"
JOINT = {
    "id": "joint",
    "type": "joint",
    "mode": "allowed",
    "min_units": 2,
    "summary": "可以联合申报",
    "source": {"clause": "一"},
}


def joint(confirmed_before=None):
    """A draft that names a partner, the partner's people, and who applies."""
    rule = JOINT | ({"confirmed_before": confirmed_before} if confirmed_before else {})
    partner = make.organisation(NAME)
    call = makers.call(rules=[rule])
    draft = makers.draft(call, partner={"name": NAME})
    holder = make.holder(Role.UNIT_ADMIN, partner)
    return SimpleNamespace(draft=draft, partner=partner, people=holder, lead=draft.created_by)


def ask(case, at=makers.NOW) -> Joining:
    (joining,) = actions.ask_partners(case.draft.pk, actor=case.lead, at=at)
    return joining


def seen(case) -> str:
    return shown_to_partners(makers.fresh(case.draft)).digest


def accept(case, joining) -> Joining:
    return actions.accept(joining.pk, seen(case), actor=case.people, at=makers.NOW)


def decline(case, joining) -> Joining:
    return actions.decline(joining.pk, seen(case), "人手不够", actor=case.people, at=makers.NOW)


def letters(template: str) -> int:
    return (
        Message.objects.filter(template=f"application.{template}").values("recipient_id").distinct().count()
    )


def findings(case) -> list[tuple[str, Weight]]:
    return [(each.code, each.weight) for each in queries.partner_findings(makers.fresh(case.draft))]


def test_typing_a_name_asks_nobody_and_the_check_says_so():
    case = joint()

    assert (Joining.objects.count(), findings(case)) == (0, [("joining.not_asked", Weight.WARN)])


def test_a_unit_that_is_asked_gets_a_letter_and_accepts_and_the_lead_is_told():
    case = joint()
    joining = ask(case)
    asked = (joining.state, letters("joining_asked"), findings(case))
    accepted = accept(case, joining)

    assert asked == ("asked", 1, [("joining.not_answered", Weight.WARN)])
    assert (accepted.state, accepted.version, letters("joining_accepted")) == ("accepted", 2, 1)
    assert findings(case) == []
    assert [event.act for event in Event.objects.filter(chain_id=str(joining.pk))] == ["asked", "accepted"]


def test_an_answer_is_owed_from_the_question_on():
    case = joint()
    joining = ask(case)
    owed = Duty.objects.filter(kind="applications.joining", organisation_id=case.partner.pk, settled_at=None)
    waiting = owed.values("about_id").distinct().count()
    accept(case, joining)

    assert (waiting, owed.count()) == (1, 0)


def test_whoever_declines_says_why_and_stops_the_application_until_it_is_replaced():
    case = joint()
    other = make.organisation("灵宝市苹果协会")
    joining = ask(case)
    with pytest.raises(Refused) as silent:
        actions.decline(joining.pk, seen(case), " ", actor=case.people, at=makers.NOW)
    decline(case, joining)
    with pytest.raises(Refused) as stopped:
        makers.submit(case.draft)
    makers.save(case.draft, partner={"name": other.name})
    makers.submit(case.draft)

    assert [each.code for each in silent.value.findings] == ["joining.reason_missing"]
    assert [each.code for each in stopped.value.findings] == ["joining.declined"]
    assert dict(Joining.objects.values_list("unit__name", "state")) == {NAME: "lapsed", other.name: "asked"}


def test_it_may_be_submitted_while_nobody_has_answered_and_then_everybody_is_asked():
    case = joint()
    makers.submit(case.draft)

    assert Joining.objects.get().state == "asked"
    assert letters("joining_asked") == 1


@pytest.mark.parametrize(("before", "goes"), [("submitting", False), ("forwarding", True)])
def test_a_call_may_want_the_answer_before_it_is_submitted_or_forwarded(before, goes):
    case = joint(before)
    if not goes:
        with pytest.raises(Refused) as refused:
            makers.submit(case.draft)
        assert [each.code for each in refused.value.findings] == ["joining.not_asked"]
        accept(case, ask(case))
    makers.submit(case.draft)
    stopping = queries.partners_in_the_way([makers.fresh(case.draft)])[case.draft.pk]

    assert [(each.code, each.weight) for each in stopping] == (
        [("joining.not_answered", Weight.REFUSE)] if goes else []
    )


def test_an_acceptance_stays_and_says_to_which_version_it_was_given():
    case = joint()
    accept(case, ask(case))
    (before,) = queries.partners_shown(makers.fresh(case.draft))
    makers.save(case.draft, partner={"name": NAME}, summary="改为面向八个乡镇。")
    application = makers.fresh(case.draft)
    (after,) = queries.partners_shown(application)

    assert (before.is_outdated, after.is_outdated) == (False, True)
    assert (after.joining.state, after.joining.version) == ("accepted", 2)
    assert queries.fields_changed(after.joining, application, shown_to_partners(application)) == ["项目内容"]


def test_the_lead_is_the_unit_that_the_form_names():
    fields = [
        *makers.FIELDS,
        {"id": "lead", "kind": "unit", "label": "牵头单位", "rule": "joint", "parts": ["name"]},
    ]
    partner = make.organisation(NAME)
    rule = JOINT | {"lead_required": True}
    call = makers.call(rules=[rule], forms=[{"id": "f1", "title": "申报书", "fields": fields}])
    draft = makers.draft(call, partner={"name": partner.name}, lead={"name": partner.name})
    (led,) = queries.partners_shown(makers.fresh(draft))
    makers.save(draft, partner={"name": partner.name}, lead={"name": draft.unit.name})
    (joins,) = queries.partners_shown(makers.fresh(draft))

    assert (led.leads, joins.leads) == (True, False)


def test_what_is_under_lock_does_not_concern_the_partner():
    case = joint()
    accept(case, ask(case))
    makers.save(case.draft, partner={"name": NAME}, account="6222020200112233")
    application = makers.fresh(case.draft)
    (after,) = queries.partners_shown(application)

    assert after.is_outdated is False
    assert "account" not in shown_to_partners(application).answers


def test_nobody_accepts_what_changed_since_it_was_shown():
    case = joint()
    joining, old = ask(case), seen(case)
    makers.save(case.draft, partner={"name": NAME}, summary="改为面向八个乡镇。")
    with pytest.raises(Refused) as refused:
        actions.accept(joining.pk, old, actor=case.people, at=makers.NOW)

    assert [each.code for each in refused.value.findings] == ["joining.changed_meanwhile"]
    assert Joining.objects.get().state == "asked"


def test_withdrawing_ends_it_and_coming_again_asks_anew():
    case = joint()
    accept(case, ask(case))
    makers.submit(case.draft)
    makers.withdraw(case.draft)
    ended = (Joining.objects.get().state, letters("joining_lapsed"))
    makers.take_up_again(case.draft)
    makers.submit(case.draft)

    assert ended == ("lapsed", 1)
    assert Joining.objects.get().state == "asked"


def test_a_draft_that_names_it_no_more_lets_it_go_and_an_autosave_does_not():
    case = joint()
    ask(case)
    edit = actions.Edit(case.draft.pk, makers.fresh(case.draft).version, makers.ANSWERS, "autosaved")
    actions.save(edit, actor=case.lead, at=makers.NOW)
    typing = Joining.objects.get().state
    makers.save(case.draft, summary="不再联合。")

    assert (typing, Joining.objects.get().state) == ("asked", "lapsed")


def test_the_last_look_says_what_has_to_be_changed(client):
    case = joint()
    decline(case, ask(case))
    client.force_login(case.lead)
    page = client.get(reverse("applications:submitting", args=[case.draft.pk]))

    assert [finding.code for finding, _label, _anchor in page.context["stops"]][-1:] == ["joining.declined"]
    words = re.findall(r'finding__word">([^<]+)<', page.content.decode())
    assert (words.count("须改"), words.count("不可")) == (len(page.context["stops"]), 0)


def test_nobody_else_answers():
    case = joint()
    joining = ask(case)
    strangers = [case.lead, makers.applicant(makers.unit())]

    for stranger in strangers:
        with pytest.raises(Joining.DoesNotExist):
            actions.accept(joining.pk, seen(case), actor=stranger, at=makers.NOW)


def test_it_is_read_only_by_the_unit_that_is_asked_and_no_more_after_declining(client):
    case = joint()
    joining = ask(case)
    address = reverse("applications:joining", args=[joining.pk])
    client.force_login(makers.applicant(makers.unit()))
    strange = client.get(address).status_code
    client.force_login(case.people)
    page = client.get(address)
    pages = [reverse(f"applications:{name}", args=[case.draft.pk]) for name in ("fill", "detail", "versions")]
    others = [client.get(each).status_code for each in pages]
    answer = client.post(
        address, {"answer": "decline", "seen": page.context["shown"].digest, "reason": "人手不够"}
    )
    after = client.get(address)

    assert (strange, page.status_code, others) == (404, 200, [404, 404, 404])
    assert makers.ANSWERS["summary"] in page.content.decode()
    assert makers.ANSWERS["leader"]["id_number"] not in page.content.decode()
    assert (answer.status_code, "application" in after.context) == (302, False)
    assert makers.ANSWERS["summary"] not in after.content.decode()


def test_whoever_declines_without_a_reason_sees_the_page_again(client):
    case = joint()
    joining = ask(case)
    client.force_login(case.people)
    answer = client.post(
        reverse("applications:joining", args=[joining.pk]), {"answer": "decline", "seen": seen(case)}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])


def test_the_lead_asks_on_the_page_and_sees_the_answers(client):
    case = joint()
    client.force_login(case.lead)
    detail = reverse("applications:detail", args=[case.draft.pk])
    before = client.get(detail).context["to_ask"]
    asked = client.post(reverse("applications:ask_partners", args=[case.draft.pk]))
    accept(case, Joining.objects.get())
    again = client.post(reverse("applications:ask_partners", args=[case.draft.pk]))

    assert (before, asked.status_code, again.status_code) == (case.draft.pk, 302, 409)
    assert client.get(detail).context["to_ask"] is None


def test_the_list_of_invitations_asks_as_much_for_three_as_for_one(client):
    partner = make.organisation(NAME)
    call = makers.call()
    client.force_login(make.holder(Role.APPLICANT, partner))
    client.get(reverse("applications:joinings"))
    asked = []
    for rows in (1, 3):
        while Joining.objects.count() < rows:
            draft = makers.draft(call, partner={"name": NAME})
            actions.ask_partners(draft.pk, actor=draft.created_by, at=makers.NOW)
        with CaptureQueriesContext(connection) as queries_asked:
            page = client.get(reverse("applications:joinings"))
        asked.append((len(page.context["rows"]), len(queries_asked)))

    assert asked == [(1, asked[0][1]), (3, asked[0][1])]


def test_everything_stands_as_the_events_say_and_a_fault_is_found():
    case = joint()
    joining = ask(case)
    accept(case, joining)
    sound = verification.check_joinings().faults
    Joining.objects.update(state="asked")

    assert sound == ()
    assert [fault.code for fault in verification.check_joinings().faults] == ["case.state_differs"]
