"""What the registers tell the rules: as of a day, per association, in a constant number of queries."""

from dataclasses import fields
from datetime import date

import pytest

from keqiao.core.rules import facts
from keqiao.core.rules.facts import UNKNOWN, Records
from keqiao.web.registers.actions import debarments, history, keeping, platforms, recognitions
from keqiao.web.registers.queries.records import SOURCES, records_on
from keqiao.web.scope import NOBODY, working_as
from tests.web import make
from tests.web.registers import makers
from tests.web.registers.makers import PROGRAM

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 1)


def records(association, *parties, day: date = DAY) -> Records:
    return makers.records_of(day, parties, association)


def test_every_part_of_the_records_has_its_register():
    assert {part.name for part in fields(Records)} == {*SOURCES, "kept"}


def test_a_recognition_is_told_with_register_holder_days_issuer_and_grade():
    association, unit = make.association(), make.organisation()
    register = makers.scheme(
        association, "市级科技小院", issuer="市科协", grades=("优秀", "合格"), validity_years=3
    )
    makers.recognition(register, unit, grade="优秀")

    assert records(association, unit).entries == (
        facts.Entry(
            "市级科技小院", str(unit.pk), date(2023, 1, 1), date(2025, 12, 31), "市科协", "优秀", "valid"
        ),
    )


def test_a_grade_that_nobody_wrote_down_is_unknown():
    association, unit = make.association(), make.organisation()
    makers.recognition(makers.scheme(association), unit)

    assert [entry.grade for entry in records(association, unit).entries] == [UNKNOWN]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 12, 31), []),
        (date(2023, 1, 1), [("valid", None)]),
        (date(2023, 12, 31), [("valid", None)]),
        (date(2024, 1, 1), [("revoked", date(2023, 12, 31))]),
    ],
)
def test_a_revocation_counts_from_its_day_and_not_back(day, expected):
    association, unit = make.association(), make.organisation()
    makers.decided(makers.recognition(makers.scheme(association), unit), "revoke")

    found = records(association, unit, day=day).entries

    assert [(entry.state, entry.until) for entry in found] == expected


@pytest.mark.parametrize(("day", "state"), [(date(2025, 12, 31), "valid"), (date(2026, 1, 1), "expired")])
def test_a_term_ends_with_its_last_day(day, state):
    association, person = make.association(), makers.person()
    register = makers.scheme(association, kind="term", holder_kind="person", validity_years=3)
    makers.recognition(register, person)

    assert [entry.state for entry in records(association, person, day=day).entries] == [state]


def test_what_is_only_proposed_or_struck_off_counts_for_nothing():
    association, unit = make.association(), make.organisation()
    register = makers.scheme(association)
    recognitions.propose(register.pk, makers.wanted(unit), by=PROGRAM)
    assert records(association, unit).entries == ()

    line = makers.recognition(register, unit)
    assert len(records(association, unit).entries) == 1

    makers.decided(line, "strike")
    assert records(association, unit).entries == ()


def test_a_renewed_line_ends_where_its_successor_begins():
    association, unit = make.association(), make.organisation()
    line = makers.recognition(makers.scheme(association), unit, number="科普001")
    wanted = makers.wanted(unit, valid_from=date(2024, 1, 1))
    recognitions.renew(line.pk, wanted, reason="期满复核", by=PROGRAM)

    found = records(association, unit).entries

    assert sorted((entry.since, entry.until, entry.state) for entry in found) == [
        (date(2023, 1, 1), date(2023, 12, 31), "expired"),
        (date(2024, 1, 1), None, "valid"),
    ]


def test_what_an_area_holds_counts_for_units_in_it_and_below_it_only():
    province = make.region()
    city = make.region("411200", "三门峡市", "prefecture", parent=province)
    other = make.region("410300", "洛阳市", "prefecture", parent=province)
    county = make.region("411221", "渑池县", "county", parent=city)
    association = make.association()
    inside, elsewhere = make.organisation(region=county), make.organisation(region=other)
    register = makers.scheme(association, "“科创中国”试点市", holder_kind="region")
    makers.recognition(register, region_id=city.pk)
    makers.incident(association, region_id=county.pk)

    assert [entry.holder for entry in records(association, inside).entries] == ["三门峡市"]
    assert [incident.holder for incident in records(association, inside).incidents] == ["渑池县"]
    assert records(association, elsewhere) == Records()


def test_another_association_sees_nothing_of_it():
    association, other, unit = make.association(), make.association(), make.organisation()
    makers.recognition(makers.scheme(association), unit)
    makers.debarment(association, unit)
    makers.past_project(association, unit)
    makers.holding(association, unit)
    makers.account(association, unit)

    own = records(association, unit)
    assert [len(getattr(own, name)) for name in SOURCES] == [1, 1, 0, 1, 1, 1]
    assert records(other, unit) == Records()


def test_debarments_cross_only_where_one_shares_and_the_other_goes_by_them():
    giver, taker, unit = make.association(), make.association(), make.organisation()
    makers.debarment(giver, unit)
    heard = []
    for shares, heeds in [(False, False), (True, False), (False, True), (True, True)]:
        keeping.decide_sharing(giver.pk, keeping.Sharing(shares, False, False), by=PROGRAM)
        keeping.decide_sharing(taker.pk, keeping.Sharing(False, heeds, False), by=PROGRAM)
        heard.append([bar.by for bar in records(taker, unit).debarments])

    assert heard == [[], [], [], [str(giver.pk)]]


def test_a_debarment_is_told_with_cause_basis_days_and_stay():
    association, unit = make.association(), make.organisation()
    line = makers.debarment(association, unit, clause="一（二）2", scope="新的科普项目")
    debarments.contest(line.pk, makers.decision("file_appeal"), by=PROGRAM)
    debarments.contest(line.pk, makers.decision("stay", date(2024, 3, 1)), by=PROGRAM)

    told = facts.Debarment(
        str(unit.pk),
        "结项验收不合格",
        "2023年度通知 一（二）2",
        date(2023, 1, 1),
        date(2025, 12, 31),
        "新的科普项目",
        str(association.pk),
        stayed=True,
    )
    assert records(association, unit).debarments == (told,)
    assert [bar.stayed for bar in records(association, unit, day=date(2024, 2, 29)).debarments] == [False]


def test_a_lifted_debarment_ends_the_day_before_and_an_annulled_one_never_was():
    association, unit = make.association(), make.organisation()
    lifted, annulled = makers.debarment(association, unit), makers.debarment(association, unit)
    debarments.free(lifted.pk, makers.decision("lift"), by=PROGRAM)
    ends = {bar.until for bar in records(association, unit).debarments}
    assert ends == {date(2023, 12, 31), date(2025, 12, 31)}

    debarments.free(annulled.pk, makers.decision("annul"), by=PROGRAM)
    assert [bar.until for bar in records(association, unit).debarments] == [date(2023, 12, 31)]


def test_a_debarment_that_is_lifted_on_its_first_day_bars_on_none():
    association, unit = make.association(), make.organisation()
    bar = makers.debarment(association, unit, valid_from=date(2024, 1, 1))

    debarments.free(bar.pk, makers.decision("lift", on=date(2024, 1, 1)), by=PROGRAM)

    assert records(association, unit, day=date(2024, 1, 1)).debarments == ()


def test_results_are_told_for_the_unit_and_for_the_leader():
    association, unit, leader = make.association(), make.organisation(), makers.person()
    makers.past_project(
        association, unit, leader_id=leader.pk, outcome="poor", call="smx", path=("kepu", "c1")
    )

    found = records(association, unit, leader).results

    assert len(found) == 2
    assert set(found) == {
        facts.Result(str(party.pk), "科普项目", 2022, "poor", "smx", ("kepu", "c1"))
        for party in (unit, leader)
    }


def test_a_verdict_is_not_known_before_its_day_and_no_verdict_is_not_known_at_all():
    association, unit = make.association(), make.organisation()
    line = makers.past_project(association, unit)
    assert [result.outcome for result in records(association, unit).results] == [UNKNOWN]

    history.record_result(line.pk, history.Conclusion("good", DAY), by=PROGRAM)
    assert [result.outcome for result in records(association, unit).results] == ["good"]
    assert [result.outcome for result in records(association, unit, day=date(2024, 5, 31)).results] == [
        UNKNOWN
    ]


def test_an_affair_that_was_due_and_is_not_there_is_unfinished():
    association, society = make.association(), make.organisation()
    makers.affair(association, society, outcome="good", next_due=DAY)

    in_time = records(association, society).results
    late = records(association, society, day=date(2024, 6, 2)).results

    assert [(result.what, result.year, result.outcome) for result in in_time] == [("换届", 2022, "good")]
    assert [(result.what, result.year, result.outcome) for result in late] == [
        ("换届", 2022, "good"),
        ("换届", 2024, "unfinished"),
    ]


def test_topics_are_no_results():
    association, unit = make.association(), make.organisation()
    makers.past_project(association, unit, kind="topic", title="选题", family="调研课题选题")

    assert records(association, unit).results == ()


def test_a_project_in_hand_is_told_once_for_unit_and_leader_and_not_after_it_ended():
    association, unit, leader = make.association(), make.organisation(), makers.person()
    line = makers.holding(association, unit, person_id=leader.pk, lead_id=unit.pk, path=("kepu",))
    expected = facts.Holding(
        line.project,
        str(unit.pk),
        "",
        ("kepu",),
        2023,
        facts.Stage.UNDERTAKEN,
        str(unit.pk),
        str(leader.pk),
    )
    assert records(association, unit, leader).holdings == (expected,)

    history.end_holding(line.pk, DAY, reason="放弃", by=PROGRAM)
    assert records(association, unit, leader).holdings == ()


def test_a_platform_is_told_by_its_name_with_the_latest_counts_of_the_day():
    association, unit = make.association(), make.organisation()
    line = makers.account(association, unit)
    for value, on in [(20, date(2024, 5, 1)), (35, DAY), (90, date(2024, 7, 1))]:
        platforms.add_count(line.pk, platforms.Counted("members", value, on, "测试"), by=PROGRAM)

    assert records(association, unit).platforms == (
        facts.Platform(str(unit.pk), "科创中国", date(2022, 1, 1), "7", UNKNOWN, {"members": 35}),
    )


def test_lines_that_were_taken_back_count_no_more():
    association, unit = make.association(), make.organisation()
    line = makers.past_project(association, unit)
    assert len(records(association, unit).results) == 1

    history.take_back_past_project(line.pk, reason="登记有误", by=PROGRAM)
    assert records(association, unit).results == ()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ({"register": "debarments", "since": date(2023, 5, 1)}, {"debarments"}),
        ({"register": "debarments", "since": date(2024, 6, 2)}, set()),
        ({"register": "platforms", "part": "科创中国"}, {"platforms:科创中国"}),
        ({"register": "incidents"}, {"incidents"}),
        (
            {"register": "incidents", "since": date(2022, 1, 1)},
            {"incidents:2022", "incidents:2023", "incidents:2024"},
        ),
        ({"register": "results", "since": date(2022, 1, 2)}, {"results:2023", "results:2024"}),
        ({"register": "results", "part": "科普项目"}, {"results:科普项目"}),
        ({"register": "affairs", "part": "换届", "since": date(2020, 1, 1)}, {"results:换届"}),
        ({"register": "affairs"}, {"results:换届", "results:年度检查", "results:党组织建设"}),
    ],
)
def test_a_register_counts_as_full_for_what_was_stated(statement, words):
    association, unit = make.association(), make.organisation()
    assert records(association, unit).kept == frozenset()

    keeping.state_kept(association.pk, keeping.Statement(reason="逐年核对", **statement), by=PROGRAM)

    assert records(association, unit).kept == words


def test_a_full_register_of_recognitions_is_named_until_the_statement_is_taken_back():
    association, unit = make.association(), make.organisation()
    register = makers.scheme(association, "“科创中国”试点市", holder_kind="region")
    said = keeping.Statement("recognitions", "对照公布名单", scheme_id=register.pk)
    line = keeping.state_kept(association.pk, said, by=PROGRAM)
    assert records(association, unit).kept == {"“科创中国”试点市"}

    keeping.take_back_kept(line.pk, reason="漏登", by=PROGRAM)
    assert records(association, unit).kept == frozenset()


def test_whoever_asks_is_judged_by_lines_that_the_asker_may_not_see():
    association, unit = make.association(), make.organisation()
    makers.debarment(association, unit)
    keeping.state_kept(association.pk, keeping.Statement("debarments", "核对"), by=PROGRAM)

    with working_as(NOBODY):
        found = records(association, unit)

    assert (len(found.debarments), found.kept) == (1, {"debarments"})


def everything(association, unit) -> None:
    makers.decided(makers.recognition(makers.scheme(association), unit), "revoke")
    makers.debarment(association, unit)
    makers.past_project(association, unit)
    makers.affair(association, unit)
    makers.holding(association, unit)
    makers.incident(association, party_id=unit.pk)
    line = makers.account(association, unit)
    platforms.add_count(line.pk, platforms.Counted("members", 3, DAY, "测试"), by=PROGRAM)


def test_many_parties_of_many_associations_cost_as_many_queries_as_one(django_assert_num_queries):
    region = make.region("411221", "渑池县", "county")
    associations, units = (
        [make.association() for _ in range(3)],
        [make.organisation(region=region) for _ in range(3)],
    )
    for association in associations:
        for unit in units:
            everything(association, unit)
    expected = 13

    with django_assert_num_queries(expected):
        one = records_on(DAY, [units[0].pk], [associations[0].pk])
    with django_assert_num_queries(expected):
        all_of_them = records_on(DAY, [unit.pk for unit in units], [body.pk for body in associations])

    assert (len(one), len(all_of_them)) == (1, 9)
    assert {len(records.results) for records in all_of_them.values()} == {2}
