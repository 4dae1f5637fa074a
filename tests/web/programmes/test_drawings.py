"""The drawings of a definition: envelopes and what fills them, bundles, chains of endorsement, days."""

from datetime import date
from itertools import pairwise

from keqiao.core.programme import Programme
from keqiao.core.workdays import Override
from keqiao.readers.calendars import shipped_calendar
from keqiao.web.programmes.drawings.bundles import bundles_shown
from keqiao.web.programmes.drawings.chains import chains_shown
from keqiao.web.programmes.drawings.money_plan import money_plan
from keqiao.web.programmes.drawings.timetable import timetable_shown

WAN = 1_000_000  # fen


def programme(*categories, **terms) -> Programme:
    return Programme.model_validate({"id": "p", "title": "通知", "categories": categories, **terms})


def fixed(wan: int, **more) -> dict:
    return {"kind": "fixed", "amount_fen": wan * WAN, **more}


def category(identifier: str, **terms) -> dict:
    return {"id": identifier, "name": f"类别{identifier}", **terms}


def test_a_stated_sum_is_set_beside_places_times_amount():
    (line,) = money_plan(
        programme(category("c1", funding=fixed(5, total_fen=60 * WAN), places={"count": 10}))
    ).lines

    assert (line.check.stated_fen, line.check.least_fen, line.check.most_fen) == (
        60 * WAN,
        50 * WAN,
        50 * WAN,
    )
    assert not line.check.fits
    assert [fault.code for fault in line.faults] == ["programme.money_total_impossible"]


def test_an_envelope_is_set_beside_what_stands_below_it():
    parts = [
        category("c1.1", funding=fixed(5), places={"count": 4}),
        category("c1.2", funding={"kind": "ceiling", "max_fen": 10 * WAN}, places={"count": 3}),
    ]
    envelope = {"kind": "envelope", "total_fen": 40 * WAN}

    first, *below = money_plan(programme(category("c1", funding=envelope, categories=parts))).lines

    assert (first.check.least_fen, first.check.most_fen, first.check.fits) == (20 * WAN, 50 * WAN, True)
    assert first.check.possible == "20万元–50万元"
    assert (first.faults, [line.depth for line in below]) == ((), [2, 2])


def test_a_sum_that_nothing_bounds_from_above_says_so():
    parts = [category("c1.1", funding=fixed(5), places={"count": 4}), category("c1.2")]
    envelope = {"kind": "envelope", "total_fen": 40 * WAN}

    line = money_plan(programme(category("c1", funding=envelope, categories=parts))).lines[0]

    assert (line.check.possible, line.check.fits, line.check.end_fen) == ("不少于 20万元", True, 40 * WAN)


def test_money_without_a_stated_sum_has_nothing_to_be_checked_against():
    (line,) = money_plan(programme(category("c1", funding=fixed(5), places={"count": 10}))).lines

    assert (line.check, line.faults) == (None, ())


def test_a_bundle_links_a_category_with_those_it_brings():
    bundle = {
        "children": [{"name": "类别c2", "category": "c2"}, {"name": "另一项"}],
        "which_of_several": {"applied": 2},
    }

    (shown,) = bundles_shown(programme(category("c1", bundle=bundle), category("c2")))

    assert (shown.parent.id, [(child.id, child.name) for child in shown.children]) == (
        "c1",
        [("c2", "类别c2"), ("", "另一项")],
    )
    assert len(shown.lines) == 2
    assert shown.in_words == "申报“类别c1”须同时申报：类别c2、另一项"
    assert shown.outcomes == (
        "入选后，子项目并入本项目，不再单独评审",
        "未入选时，子项目各自参加评审",
        "在其中同一类申报 2 项的，须注明以哪一项并入",
    )


def test_boxes_of_a_drawing_do_not_overlap_and_long_names_are_cut():
    children = [{"name": "很长的名称" * 20}, {"name": "短"}, {"name": "也短"}]

    (shown,) = bundles_shown(programme(category("c1", bundle={"children": children})))

    edges = [(box.y, box.y + box.height) for box in shown.children]
    assert all(below > end for (_start, end), (below, _end) in pairwise(edges))
    assert edges[-1][1] == shown.height
    assert (len(shown.children[0].lines), shown.children[0].lines[-1][-1]) == (3, "…")


def test_a_chain_is_numbered_steps_with_papers_and_days_for_its_kind_of_applicant():
    chain = {
        "id": "e1",
        "applies_to": ["县级学会"],
        "per_endorser_max": 3,
        "steps": [
            {"words": "县科协审核", "by": "县科协", "act": "check", "seal": "公章", "deadline": "2026-03-10"},
            {"words": "出具推荐函", "letter": "推荐函", "together_with": ["财政局"], "may_return": False},
        ],
    }

    (shown,) = chains_shown(programme(category("c1", endorsement=[chain])))

    assert (shown.node, shown.applies_to, shown.most) == ("c1", ("县级学会",), 3)
    assert [(step.words, step.act, step.seal, step.until) for step in shown.steps] == [
        ("县科协审核", "审核", "公章", "2026年3月10日"),
        ("出具推荐函", "", "", ""),
    ]
    assert (shown.steps[1].letter, shown.steps[1].together_with, shown.steps[1].may_return) == (
        "推荐函",
        ("财政局",),
        False,
    )


def test_days_stand_in_order_and_open_ones_last():
    step = {"words": "县科协汇总", "deadline": "2026-03-10"}
    whole = programme(
        category("c1", completion={"on": "2026-11-30"}),
        category("c2", completion={"on": "2026-xx-xx"}),
        opens={"on": "2026-03-01"},
        deadline={"on": "2026-03-20", "at": "17:30"},
        endorsement=[{"id": "e1", "steps": [step]}],
        rules=[{"id": "r1", "type": "publicity", "summary": "公示", "days": 5, "day_kind": "working"}],
    )

    shown = timetable_shown(whole, shipped_calendar())

    assert [(day.on, day.when, day.what, day.node) for day in shown] == [
        (date(2026, 3, 1), "2026年3月1日", "开始受理", ""),
        (date(2026, 3, 10), "2026年3月10日", "县科协汇总", ""),
        (date(2026, 3, 20), "2026年3月20日 17:30", "申报截止", ""),
        (date(2026, 11, 30), "2026年11月30日", "项目完成", "c1"),
        (None, "2026-xx-xx", "项目完成", "c2"),
        (None, "5 个工作日", "公示", ""),
    ]
    assert [day.remark for day in shown] == ["周末，不上班", "", "", "", "", ""]


def test_a_day_off_and_a_year_that_is_not_announced_are_remarked_on():
    off = [Override(date(2026, 3, 20), works=False, reason="全市停电检修")]
    whole = programme(
        category("c1"),
        opens={"on": "2024-10-01"},
        deadline={"on": "2026-03-20"},
        completion={"on": "2098-11-30"},
    )

    shown = timetable_shown(whole, shipped_calendar().with_overrides(off))

    assert [day.remark for day in shown] == [
        "国庆节，不上班",
        "全市停电检修，不上班",
        "2098年放假安排尚未公布",
    ]
