"""What may we apply for: yes, no because, needs a person; before anything is typed, for one's own unit only."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse

from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.eligibility.queries import (
    Wish,
    answer_for,
    best_first,
    decisions_for,
    inviting,
    offer_open,
    offers_open,
    tried,
)
from keqiao.web.eligibility.shown import groups_of
from keqiao.web.parties.actions import NewTie, tie
from keqiao.web.parties.models import TieKind
from keqiao.web.registers.actions.keeping import Statement, state_kept
from tests.web import make
from tests.web.registers import makers

pytestmark = pytest.mark.django_db
FAR = "2090-06-30"
LATER = datetime(2089, 1, 1, tzinfo=UTC)


@pytest.fixture
def city() -> SimpleNamespace:
    """A city association whose registers of debarments and projects are kept in full, one of its societies, a firm."""
    province = make.region("410000", "河南省")
    area = make.region("411200", "三门峡市", "prefecture", parent=province)
    association = make.association("三门峡市科学技术协会", slug="smx")
    association.organisation.region, association.organisation.level = area, "prefecture"
    association.organisation.save()
    for register in ("debarments", "holdings"):
        state_kept(association.pk, Statement(register, "逐年登记"), by=makers.PROGRAM)
    society = make.organisation("三门峡市农学会", level="prefecture", region=area, is_legal_person=True)
    belongs = NewTie(society, association.organisation, TieKind.AFFILIATION, date(2020, 1, 1), "测试")
    tie(belongs, actor=None, role="tests", at=make.LONG_AGO)
    firm = make.organisation("三门峡某公司", kind="company", level="prefecture", region=area)
    return SimpleNamespace(area=area, association=association, society=society, firm=firm)


def call_for(city: SimpleNamespace, **statements):
    """A published call for societies of the city that takes applications for a long time."""
    stated = {"region": "三门峡市", "deadline": {"on": FAR}, "applicants": applicants(), **statements}
    return make.published_call(city.association, make.definition(**stated))


def applicants(*kinds: str) -> dict:
    return {"kinds": list(kinds or ("市级学会",)), "source": {"clause": "一（一）"}}


def definition_id(call) -> str:
    return call.revisions.get().definition["id"]


def answers(client, unit) -> list[tuple[str, str, str]]:
    """Name, answer and first reason of each row of the unit's page."""
    client.force_login(make.holder(Role.APPLICANT, unit))
    rows = client.get(reverse("eligibility:mine", args=[unit.pk])).context["rows"]
    return [(offer.name, str(word), why[1].code if why else "") for offer, word, _chip, why in rows]


def test_a_unit_sees_for_each_open_category_whether_and_why(client, city):
    call_for(city)

    assert answers(client, city.society) == [("科普活动", "可申报", "")]
    assert answers(client, city.firm) == [("科普活动", "不可申报", "eligibility.kind")]


def test_the_reason_stands_with_its_clause_on_the_page(client, city):
    call_for(city)
    client.force_login(make.holder(Role.APPLICANT, city.firm))

    page = client.get(reverse("eligibility:mine", args=[city.firm.pk])).content.decode()

    assert "贵单位不在本类别的申报对象之内。申报对象为：市级学会。" in page
    assert "依据 一（一）" in page


def test_what_is_not_kept_in_full_needs_a_person(client, city):
    other = make.association()
    other.organisation.region = city.area
    other.organisation.save()
    stated = make.definition(region="三门峡市", deadline={"on": FAR}, applicants=applicants())
    make.published_call(other, stated)

    assert answers(client, city.society) == [("科普活动", "需人工", "eligibility.missing_register")]


def test_who_is_debarred_may_not_apply_until_the_day_after_the_last(client, city):
    call_for(city)
    makers.debarment(city.association, city.society, valid_until=None)

    assert answers(client, city.society) == [("科普活动", "不可申报", "eligibility.debarred")]


def test_calls_that_are_over_and_drafts_are_not_listed(client, city):
    call_for(city, deadline={"on": "2021-06-30"})
    make.draft_call(city.association, make.definition(region="三门峡市", deadline={"on": FAR}))
    make.closed(call_for(city))

    assert answers(client, city.society) == []


def test_the_answers_are_counted_and_can_be_narrowed(client, city):
    call_for(city)
    call_for(city, applicants=applicants("企业"))
    client.force_login(make.holder(Role.APPLICANT, city.society))
    address = reverse("eligibility:mine", args=[city.society.pk])

    page = client.get(address)
    assert [(str(word), number) for word, _chip, number in page.context["counts"]] == [
        ("可申报", 1),
        ("需人工", 0),
        ("不可申报", 1),
    ]
    narrowed = client.get(address, {"q": "结论:不可申报"}).context["rows"]
    assert [str(word) for _offer, word, _chip, _why in narrowed] == ["不可申报"]


def test_the_list_can_be_had_as_a_file(client, city):
    call_for(city)
    client.force_login(make.holder(Role.APPLICANT, city.society))

    file = client.get(reverse("eligibility:mine", args=[city.society.pk]), {"export": "csv"})

    assert file.content.decode("utf-8-sig").splitlines()[1].startswith("可申报,科普活动,")


@pytest.mark.parametrize("calls", [1, 5])
def test_the_page_costs_the_same_for_any_number_of_categories(client, city, calls, django_assert_num_queries):
    for _ in range(calls):
        call_for(city)
    client.force_login(make.holder(Role.APPLICANT, city.society))
    address = reverse("eligibility:mine", args=[city.society.pk])
    client.get(address)  # the rules of each revision are read once and kept

    of_the_clock = connection.vendor == "postgresql"
    with django_assert_num_queries(PAGE_QUERIES + of_the_clock):
        client.get(address)


PAGE_QUERIES = 27


def test_another_unit_is_not_there(client, city):
    call = call_for(city)
    offer = call.offers.get()
    client.force_login(make.holder(Role.APPLICANT, city.society))

    assert client.get(reverse("eligibility:category", args=[city.society.pk, offer.pk])).status_code == 200
    assert client.get(reverse("eligibility:mine", args=[city.firm.pk])).status_code == 404
    assert client.get(reverse("eligibility:category", args=[city.firm.pk, offer.pk])).status_code == 404


def test_one_category_shows_every_rule_in_its_group(client, city):
    rules = [
        {"type": "legal_status", "id": "r1", "summary": "有独立法人资格", "legal_person": True},
        {"type": "legal_status", "id": "r2", "summary": "银行账户状态正常", "bank_account": "正常"},
        {"type": "declared", "id": "r3", "summary": "内容新颖", "about": "content"},
    ]
    offer = call_for(city, rules=rules).offers.get()
    client.force_login(make.holder(Role.APPLICANT, city.society))

    groups = client.get(reverse("eligibility:category", args=[city.society.pk, offer.pk])).context["groups"]

    found = {group.code: {rule.judged.rule for rule in group.rules} & {"r1", "r2", "r3"} for group in groups}
    assert {code: rules for code, rules in found.items() if rules} == {
        "passes": {"r1"},
        "person": {"r2"},
        "form": {"r3"},
    }


def test_a_rule_stands_with_what_was_seen_and_its_clause(client, city):
    offer = call_for(city).offers.get()
    client.force_login(make.holder(Role.APPLICANT, city.firm))

    page = client.get(reverse("eligibility:category", args=[city.firm.pk, offer.pk]))

    (stop,) = page.context["groups"][0].rules
    assert ([(fact.name, fact.value) for fact in stop.seen], stop.clause, stop.quote) == (
        [("单位类型", "企业")],
        "一（一）",
        "",
    )
    assert "单位类型：企业" in page.content.decode()


def test_the_words_of_the_notice_stand_with_the_clause_where_they_are_tied(city):
    stated = [{"type": "legal_status", "id": "r1", "summary": "有独立法人资格", "legal_person": True}]
    offer = call_for(city, rules=stated).offers.get()
    tied = {
        ":applicants": {"words": "申报单位须为市级学会。", "where": "一（一）"},
        "r1": {"words": "申报单位须具有独立法人资格。", "where": "一（二）"},
    }
    category = offer_open(offer.pk, make.LONG_AGO)
    answer = answer_for(city.firm.pk, category, make.LONG_AGO).answer

    shown = {rule.judged.rule: rule for group in groups_of(category, answer, tied) for rule in group.rules}

    assert {name: (shown[name].clause, shown[name].quote) for name in ("applicants", "r1", "debarment")} == {
        "applicants": ("一（一）", "申报单位须为市级学会。"),
        "r1": ("一（二）", "申报单位须具有独立法人资格。"),
        "debarment": ("", ""),
    }


def test_a_partner_can_be_tried_and_nothing_is_kept(client, city):
    rule = {"type": "joint", "id": "j1", "summary": "须与企业联合", "mode": "required", "with_any": ["企业"]}
    offer = call_for(city, rules=[rule]).offers.get()
    client.force_login(make.holder(Role.APPLICANT, city.society))
    address = reverse("eligibility:category", args=[city.society.pk, offer.pk])

    tried = client.get(address, {"try": "1", "partners": city.firm.name}).context["tried"]
    wrong = client.get(address, {"try": "1", "partners": "没有这家"})

    assert [(str(rule.words), str(after[0])) for rule, _before, after in tried["turned"]] == [
        ("须与企业联合", "可申报")
    ]
    assert (wrong.status_code, wrong.context["form"].errors["partners"]) == (
        422,
        ["没有登记过名为“没有这家”的单位。"],
    )


def test_a_leader_who_is_debarred_bars_the_unit_that_tries_it(city):
    leader = makers.person("张某")
    bar = {"valid_from": date(2020, 1, 1), "valid_until": date(2091, 1, 1), "clause": "三5"}
    makers.debarment(city.association, leader, **bar)
    category = offer_open(call_for(city).offers.get().pk, LATER)
    asked = answer_for(city.society.pk, category, LATER)

    found = tried(asked, Wish("项目负责人", leader.pk), LATER)

    barred = [one for one in found.difference.turned if one.after.rule == "debarment"]
    assert [(one.before.verdict.value, one.after.verdict.value) for one in barred] == [("passes", "fails")]


def test_a_leader_can_be_tried_where_no_rule_asks_anything_of_persons(client, city):
    ban = {"trigger": ["结项验收不合格"], "effect": "ban", "years": 3, "subjects": ["单位", "项目负责人"]}
    said = {"summary": "不合格的禁报三年", "source": {"clause": "三5"}}
    offer = call_for(city, rules=[{"type": "sanction", "id": "r1", **ban, **said}]).offers.get()
    leader = makers.person("张某")
    tie(
        NewTie(leader, city.society, TieKind.MEMBER, valid_from=date(2020, 1, 1), source="测试"),
        actor=None,
        role="tests",
        at=make.LONG_AGO,
    )
    makers.debarment(city.association, leader, valid_from=date(2020, 1, 1), valid_until=date(2091, 1, 1))
    client.force_login(make.holder(Role.UNIT_ADMIN, city.society))
    address = reverse("eligibility:category", args=[city.society.pk, offer.pk])

    page = client.get(address, {"try": "1", "role": "项目负责人", "person": leader.pk})

    turned = page.context["tried"]["turned"]
    assert [(rule.judged.rule, rule.clause, str(after[0])) for rule, _before, after in turned] == [
        ("debarment", "三5", "不可申报"),
        ("r1", "三5", "不可申报"),
    ]


def test_officers_see_who_could_be_invited_in_their_area(client, city):
    offer = call_for(city).offers.get()
    foreign = make.organisation(
        "外地学会", level="prefecture", region=make.region("430100", "长沙市", "prefecture")
    )
    officer = make.officer(city.association)
    client.force_login(officer)

    page = client.get(reverse("eligibility:invitees", args=[offer.pk]))

    assert [(unit.name, str(word)) for unit, _each, word, _chip, _why in page.context["rows"]] == [
        ("三门峡市农学会", "可申报")
    ]
    assert foreign.name not in page.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "只核对了按名称排列的前 1 个"), ("en", "only the first 1 by name were checked")],
)
def test_of_a_large_area_the_page_says_how_many_units_were_asked_about(
    client, city, monkeypatch, language, words
):
    address = reverse("eligibility:invitees", args=[call_for(city).offers.get().pk])
    officer = make.officer(city.association)
    User.objects.filter(pk=officer.pk).update(language=language)
    client.force_login(User.objects.get(pk=officer.pk))
    make.organisation("三门峡市林学会", level="prefecture", region=city.society.region)
    assert words not in client.get(address).content.decode()

    monkeypatch.setattr(inviting, "MOST_UNITS", 1)

    assert words in client.get(address).content.decode()


def test_whoever_has_applied_is_not_invited(client, city):
    call = call_for(city)
    offer = call.offers.get()
    client.force_login(make.officer(city.association))
    address = reverse("eligibility:invitees", args=[offer.pk])
    assert len(client.get(address).context["rows"]) == 1

    makers.holding(city.association, city.society, stage="applied", call=definition_id(call), path=("c1",))

    assert len(client.get(address).context["rows"]) == 0


def test_officers_of_others_do_not_see_whom_one_invites(client, city):
    offer = call_for(city).offers.get()
    client.force_login(make.officer(make.association()))

    assert client.get(reverse("eligibility:invitees", args=[offer.pk])).status_code == 404
    assert [row.pk for row in client.get(reverse("eligibility:inviting")).context["list"].page] == []


def test_home_leads_to_where_one_works(client, city):
    client.force_login(make.holder(Role.APPLICANT, city.society))
    assert client.get(reverse("eligibility:home")).url == reverse("eligibility:mine", args=[city.society.pk])
    client.force_login(make.officer(city.association))
    assert client.get(reverse("eligibility:home")).url == reverse("eligibility:inviting")


def test_a_category_published_while_the_answers_are_worked_out_waits_for_the_next_look(city):
    call_for(city)
    decided = decisions_for(city.society.pk, LATER)
    assert len(decided) == 1
    later = call_for(city)

    assert later.pk in {offer.call_id for offer in offers_open(LATER)}
    assert {offer.pk for offer in best_first(offers_open(LATER), decided)} == set(decided)
