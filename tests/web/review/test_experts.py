"""The register of experts: who enters whom, what an expert declares, accounts, what is owed, the list, the table."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.readers.expert_fields import expert_fields, field_words
from keqiao.web.accounts.models import Grant, Invitation, Pairing
from keqiao.web.accounts.people.invitations import accept_invitation
from keqiao.web.accounts.people.pairings import accept_pairing, part_from_person
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.imports.columns import Context, Reference
from keqiao.web.imports.sheet_kinds import Row
from keqiao.web.review import importable
from keqiao.web.review.actions.expert_accounts import give_account
from keqiao.web.review.actions.experts import ExpertDetails, describe_expert, enter_expert, move_expert
from keqiao.web.review.actions.relations import Declared, declare, end_relation, state_whole
from keqiao.web.review.models import Expert, Relation
from keqiao.web.review.verification import CHECKS
from tests.web import make
from tests.web.applications import makers
from tests.web.review.expert_makers import NOW, expert, person, post, relation

pytestmark = pytest.mark.django_db
DETAILS = ExpertDetails("教授", ("physics", "materials"), 5)


@pytest.fixture
def office() -> Any:
    return make.association()


@pytest.fixture
def officer(office: Any) -> Any:
    return make.officer(office)


def entered(office: Any, officer: Any, who: Any = None) -> Expert:
    return enter_expert(office.pk, (who or person()).pk, DETAILS, "单位推荐", by=(officer, NOW))


def holder_of(found: Expert) -> Any:
    """The expert's own account."""
    account = make.holder(Role.EXPERT, found.association.organisation)
    account.person_id = found.person_id
    account.save()
    return account


def events(row: Any) -> list[str]:
    found = Event.objects.filter(chain_id=str(row.pk)).order_by("sequence")
    return list(found.values_list("act", flat=True))


def open_duties(account: Any) -> list[str]:
    return list(
        Duty.objects.filter(account_id=account.pk, settled_at__isnull=True).values_list("kind", flat=True)
    )


def faults() -> list[str]:
    return [fault.code for _name, look in CHECKS for fault in look().faults]


def test_every_field_of_work_has_one_id_and_both_names():
    ids = [key for group in expert_fields() for key in group.fields]

    assert len(ids) == len(set(ids)) == len(field_words())
    assert all(words["zh"] and words["en"] for words in field_words().values())


def test_an_expert_is_entered_changed_rests_leaves_and_comes_back(office, officer):
    found = entered(office, officer)
    describe_expert(found.pk, ExpertDetails("研究员", ("biology",)), actor=officer, at=NOW)
    for act, reason in (("rest", "出国访问"), ("come_back", ""), ("leave", "本人要求"), ("come_back", "")):
        move_expert(found.pk, act, reason, actor=officer, at=NOW)

    now = Expert.objects.get(pk=found.pk)
    assert (now.title, now.fields, now.most, now.state, now.reason) == (
        "研究员",
        ["biology"],
        None,
        "active",
        "",
    )
    assert events(found) == ["entered", "described", "rested", "came_back", "left", "came_back"]
    assert faults() == []


@pytest.mark.parametrize(("act", "reason"), [("rest", " "), ("leave", ""), ("come_back", "")])
def test_no_reason_no_rest_and_nobody_comes_back_who_is_there(office, officer, act, reason):
    found = entered(office, officer)

    with pytest.raises(ValidationError):
        move_expert(found.pk, act, reason, actor=officer, at=NOW)
    assert Expert.objects.get(pk=found.pk).state == "active"


def test_nobody_is_entered_twice_or_with_a_field_that_is_not_known_or_by_a_stranger(office, officer):
    found = entered(office, officer)
    with pytest.raises(ValidationError):
        entered(office, officer, found.person)
    with pytest.raises(ValidationError):
        describe_expert(found.pk, ExpertDetails(fields=("alchemy",)), actor=officer, at=NOW)
    stranger = make.officer(make.association())
    with pytest.raises(Expert.DoesNotExist):
        describe_expert(found.pk, DETAILS, actor=stranger, at=NOW)
    with pytest.raises(Expert.DoesNotExist):
        enter_expert(office.pk, person().pk, DETAILS, "x", by=(stranger, NOW))


def test_an_expert_declares_and_the_office_does_and_what_is_taken_back_stays(office, officer):
    found = entered(office, officer)
    own = holder_of(found)
    mine = declare(found.pk, Declared("spouse", "李明"), actor=own, at=NOW)
    theirs = declare(found.pk, Declared("tutor", "赵强"), actor=officer, at=NOW)
    end_relation(mine.pk, "写错了人", actor=own, at=NOW)

    assert Relation.objects.filter(expert=found).count() == 2
    assert Event.objects.get(chain_id=str(mine.pk), act="declared").role == "expert"
    assert Event.objects.get(chain_id=str(theirs.pk), act="declared").role == "officer"
    with pytest.raises(Relation.DoesNotExist):
        end_relation(mine.pk, "再次", actor=own, at=NOW)
    with pytest.raises(Relation.DoesNotExist):
        end_relation(theirs.pk, "与我无关", actor=make.user(), at=NOW)


def test_what_cannot_be_declared_is_refused(office, officer):
    found, society = entered(office, officer), make.organisation()
    declare(found.pk, Declared("tutor", "赵强"), actor=officer, at=NOW)
    for said in (
        Declared("spouse", society.name, organisation_id=society.pk),
        Declared("spouse", "本人", person_id=found.person_id),
        Declared("tutor", "赵强"),
        Declared("friend", "赵强"),
        Declared("tutor", " "),
        Declared("co_author", "钱多", until=makers.LAST_MOMENT.date()),
    ):
        with pytest.raises(ValidationError):
            declare(found.pk, said, actor=officer, at=NOW)
    assert Relation.objects.count() == 1


def test_an_expert_with_an_account_owes_a_declaration_until_it_is_said_to_be_whole(office, officer):
    who = person()
    account = make.user()
    account.person = who
    account.save()
    found = entered(office, officer, who)
    assert open_duties(account) == ["review.declare"]

    move_expert(found.pk, "rest", "休假", actor=officer, at=NOW)
    assert open_duties(account) == []
    move_expert(found.pk, "come_back", actor=officer, at=NOW)
    assert open_duties(account) == ["review.declare"]

    state_whole(found.pk, actor=account, at=NOW)
    assert open_duties(account) == []
    with pytest.raises(ValidationError):
        state_whole(found.pk, actor=officer, at=NOW)


def test_who_has_no_account_is_invited_says_who_they_are_and_then_owes(office, officer):
    found = entered(office, officer)
    assert give_account(found.pk, "wang@example.org", actor=officer, at=NOW) == "invited"
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.person_id) == ("expert", found.person_id)

    account = accept_invitation(invitation.pk, user=None, name="王芳", at=NOW).user
    pairing = Pairing.objects.get(user=account)
    assert open_duties(account).count("review.declare") == 0
    accept_pairing(pairing.pk, user=account, at=NOW)
    account.refresh_from_db()
    assert account.person_id == found.person_id
    assert "review.declare" in open_duties(account)
    part_from_person(user=account, at=NOW)
    assert "review.declare" not in open_duties(account)


def test_who_has_an_account_gets_the_role_and_only_from_the_own_office(office, officer):
    who = person()
    account = make.user()
    account.person = who
    account.save()
    found = entered(office, officer, who)

    assert give_account(found.pk, actor=officer, at=NOW) == "granted"
    held = Grant.objects.get(user=account)
    assert (held.role, held.organisation_id) == ("expert", office.pk)
    other = expert(office)
    with pytest.raises(ValidationError):
        give_account(other.pk, actor=officer, at=NOW)
    with pytest.raises(Expert.DoesNotExist):
        give_account(other.pk, "x@example.org", actor=make.officer(make.association()), at=NOW)


def test_verification_notices_a_state_that_nobody_made_and_a_relation_to_oneself(office, officer):
    found = entered(office, officer)
    Expert.objects.filter(pk=found.pk).update(state="left", reason="无人知晓")
    relation(found, "tutor", person=found.person)

    assert sorted(faults()) == ["case.state_differs", "relation.to_oneself"]


# pages


@pytest.fixture
def desk(client: Client, officer: Any) -> Client:
    client.force_login(officer)
    return client


def page(desk: Client, name: str, *args: Any, **asked: Any) -> Any:
    return desk.get(reverse(f"review:{name}", args=args), asked)


def test_the_list_is_searched_filtered_and_costs_the_same_for_one_and_three(desk, office):
    first = expert(office, person("王芳", phone="13800000001"), fields=["physics"], title="教授")
    post(first.person, make.organisation("市师范大学", kind="university"))
    page(desk, "experts")
    with CaptureQueriesContext(connection) as one:
        page(desk, "experts")
    for _ in range(2):
        post(expert(office, fields=["biology"]).person, make.organisation())
    expert(make.association())
    with CaptureQueriesContext(connection) as three:
        shown = page(desk, "experts").context["rows"]

    assert (len(shown), len(one)) == (3, len(three))
    for asked in ({"q": "王芳"}, {"q": "13800000001"}, {"q": "单位:师范"}, {"field": "physics"}):
        assert [row.pk for row, *_rest in page(desk, "experts", **asked).context["rows"]] == [first.pk], asked
    assert page(desk, "experts", account="yes").context["rows"] == []


def test_somebody_is_found_by_name_and_entered_on_the_page(desk, office):
    who = person("王芳", phone="13800000001")
    found = desk.post(reverse("review:find_expert"), {"who": "13800000001"})
    ((shown, _posts, token),) = found.context["people"]
    assert shown.pk == who.pk

    form = {"association": office.pk, "title": "教授", "fields_of_work": ["physics"], "source": "单位推荐"}
    address = reverse("review:enter_expert", args=[token])
    desk.post(address, form)
    made = Expert.objects.get()
    assert (made.person_id, made.fields, made.association_id) == (who.pk, ["physics"], office.pk)
    assert desk.post(address, form).status_code == 422


def test_nobody_goes_on_with_somebody_whom_they_have_not_found(client, desk, office):
    person("王芳")
    ((_shown, _posts, token),) = desk.post(reverse("review:find_expert"), {"who": "王芳"}).context["people"]
    client.force_login(make.officer(office))

    for made_up in (token, "made-up"):
        assert client.get(reverse("review:enter_expert", args=[made_up])).status_code == 404


def test_a_new_person_is_registered_on_the_way(desk):
    answer = desk.post(reverse("review:new_expert_person"), {"name": "新来"})

    assert desk.get(answer.url).status_code == 200
    assert Expert.objects.count() == 0


def test_a_conflict_is_looked_up_with_its_reason_and_names(client):
    call = makers.call()
    client.force_login(make.officer(call.association))
    found, application = expert(call.association), makers.submitted(call)
    post(found.person, application.unit)

    looked = page(client, "expert", found.pk, number=application.number).context["looked_up"]
    assert looked.verdict == "fails"
    assert [dict(each.values)["about"] for each in looked.findings] == [application.unit.name]
    assert "财库〔2016〕198号" in page(client, "expert", found.pk, number=application.number).content.decode()
    assert page(client, "expert", found.pk, number="无").context["looked_up"] is None


def test_an_expert_reads_and_declares_on_the_own_page_and_no_other(client, office):
    found, other = expert(office), expert(office)
    relation(other, "spouse", name="秘密的人")
    client.force_login(holder_of(found))

    client.post(reverse("review:add_own_relation", args=[found.pk]), {"kind": "spouse", "name": "李明"})
    shown = client.get(reverse("review:own_relations")).content.decode()
    assert "李明" in shown
    assert "秘密的人" not in shown
    assert client.get(reverse("review:add_own_relation", args=[other.pk])).status_code == 404
    assert client.get(reverse("review:expert", args=[found.pk])).status_code in (403, 404)
    theirs = Relation.objects.get(expert=other)
    assert client.get(reverse("review:end_relation", args=[theirs.pk])).status_code == 404
    client.post(reverse("review:relations_whole", args=[found.pk]))
    assert Expert.objects.get(pk=found.pk).stated_at is not None


def test_an_interest_in_a_body_finds_the_body_by_its_name(client, office):
    found, society = expert(office), make.organisation("市物理学会")
    client.force_login(holder_of(found))
    address = reverse("review:add_own_relation", args=[found.pk])

    client.post(address, {"kind": "interest", "name": "市物理学会"})
    client.post(address, {"kind": "tutor", "name": "市物理学会"})

    assert list(Relation.objects.order_by("kind").values_list("kind", "organisation_id")) == [
        ("interest", society.pk),
        ("tutor", None),
    ]


# the table


def test_a_table_enters_changes_and_comes_back_as_it_was_exported(office, officer):
    context = Context(office.pk, officer, NOW)
    values = {
        "name": "王芳",
        "phone": "13800000001",
        "fields": importable.fields_in("材料，Physics"),
        "most": 5,
    }
    row = Row(2, values)
    assert importable.match([row], context) == {}
    importable.apply(row, None, context)
    made = Expert.objects.get()
    assert (made.fields, made.most, made.source) == (["physics", "materials"], 5, "导入")

    (exported,) = importable.export(context)
    again = Row(2, {key: value for key, value in exported.items() if key != "id"})
    standing = importable.match([again], context)[2]
    assert standing.id == str(made.pk)
    assert all(standing.values[key] == value for key, value in again.values.items())

    importable.apply(Row(2, {"name": "王芳", "phone": "13800000001", "title": "教授"}), standing, context)
    made.refresh_from_db()
    assert (made.title, made.fields, made.most) == ("教授", ["physics", "materials"], 5)


def test_the_unit_of_a_row_becomes_a_post_once(office, officer):
    context, unit = Context(office.pk, officer, NOW), make.organisation("市师范大学", kind="university")
    values = {"name": "王芳", "phone": "13800000001", "unit": Reference(str(unit.pk), unit.name, "")}
    made = importable.apply(Row(2, values), None, context)
    standing = importable.match([Row(2, values)], context)[2]

    importable.apply(Row(2, values), standing, context)

    found = Expert.objects.get(pk=made)
    assert [tie.organisation_id for tie in found.person.ties.all()] == [unit.pk]


def test_namesakes_are_not_guessed_and_unknown_fields_are_refused(office, officer):
    for phone in ("13800000001", "13800000002"):
        person("王芳", phone=phone)
    context = Context(office.pk, officer, NOW)

    found = importable.match([Row(2, {"name": "王芳"})], context)
    assert (found[2].code, len(found[2].choices)) == ("parties.several_people", 2)
    with pytest.raises(ValidationError):
        importable.fields_in("物理、炼金术")
