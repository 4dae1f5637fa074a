"""What a call offers, what it comes to, and its dates over the revisions."""

from datetime import date, datetime, time

import pytest

from keqiao.core.programme import Programme
from keqiao.core.programme.milestones import dated, milestones
from keqiao.core.programme.offers import Offered, offered, shared_sums
from keqiao.core.programme.portions import portions
from keqiao.core.workdays import SHANGHAI

WAN = 1_000_000  # fen
APPLICANTS = {"society": ("学会",), "county": ("县",), "other": ()}
THEMES = {"exchange": ("学术",), "popular": ("科普",)}


def programme(*categories, **terms) -> Programme:
    return Programme.model_validate({"id": "p", "title": "科普项目通知", "categories": categories, **terms})


def category(name, **terms):
    return {"id": name, "name": terms.pop("named", name), **terms}


def fixed(wan, **more):
    return {"kind": "fixed", "amount_fen": wan * WAN, **more}


def offers(stated) -> tuple[Offered, ...]:
    return offered(stated, APPLICANTS, THEMES)


def sums(stated):
    return [(portion.nodes, portion.total_fen, portion.places) for portion in portions(stated)]


def test_a_category_repeats_what_holds_for_it_from_above():
    stated = programme(
        category("a", named="学术论坛", places={"count": 2}),
        applicants={"kinds": ["市级学会", "县科协"]},
        funding=fixed(5),
        opens={"on": "2026-03-01"},
        deadline={"on": "2026-04-30", "at": "17:30", "invented": True},
        outcome={"kind": "grant"},
    )

    assert offers(stated) == (
        Offered(
            node="a",
            name="学术论坛",
            group="",
            applicants=("society", "county"),
            themes=("exchange",),
            outcome="grant",
            least_fen=5 * WAN,
            most_fen=5 * WAN,
            total_fen=10 * WAN,
            places=2,
            opens_at=datetime(2026, 3, 1, tzinfo=SHANGHAI),
            deadline_at=datetime(2026, 4, 30, 17, 30, tzinfo=SHANGHAI),
            invented=True,
        ),
    )


def test_a_call_without_categories_is_what_it_offers():
    (only,) = offers(programme(places={"count": 3}))

    assert (only.node, only.name, only.places, only.total_fen) == ("", "科普项目通知", 3, None)


def test_what_nobody_can_apply_for_is_not_offered():
    stated = programme(category("a"), category("b", open_to_applicants=False))

    assert [each.node for each in offers(stated)] == ["a"]


@pytest.mark.parametrize(
    ("kinds", "codes"), [(["市级学会"], ("society",)), (["驻地单位"], ("other",)), (None, ())]
)
def test_applicants_have_the_codes_of_their_words(kinds, codes):
    terms = {"applicants": {"kinds": kinds}} if kinds else {}

    assert offers(programme(category("a"), **terms))[0].applicants == codes


def test_a_stated_theme_wins_then_the_nearest_name_that_speaks_of_one():
    named = category(
        "up", named="学术交流", categories=[category("a", named="沙龙"), category("b", named="科普")]
    )
    stated = programme({**named, "categories": [*named["categories"], category("c", themes=["talents"])]})

    assert [each.themes for each in offers(stated)] == [("exchange",), ("popular",), ("talents",)]


def test_an_amount_for_each_session_is_no_amount_for_a_project():
    stated = programme(category("a", funding=fixed(5, per="session"), places={"count": 2}))

    assert [(o.most_fen, o.total_fen) for o in offers(stated)] == [(None, None)]


def test_a_deadline_with_an_unknown_day_is_none():
    stated = programme(category("a", deadline={"on": "2026-04-xx"}))

    assert offers(stated)[0].deadline_at is None
    assert milestones(stated) == ()


def test_categories_with_money_and_places_of_their_own_stand_alone():
    stated = programme(
        category(
            "up",
            funding=fixed(5),
            categories=[category("a", places={"count": 2}), category("b", places={"count": 3})],
        )
    )

    assert sums(stated) == [(("a",), 10 * WAN, 2), (("b",), 15 * WAN, 3)]


def test_places_stated_above_are_shared_and_count_once():
    stated = programme(
        category("up", funding=fixed(5), places={"count": 6}, categories=[category("a"), category("b")])
    )

    assert sums(stated) == [(("a", "b"), 30 * WAN, 6)]
    assert [each.total_fen for each in offers(stated)] == [None, None]


def test_a_stated_sum_wins_over_ceilings_added_up():
    ceiling = {"kind": "ceiling", "max_fen": 20 * WAN, "total_fen": 50 * WAN}
    stated = programme(
        category(
            "up",
            funding=ceiling,
            categories=[category("a", places={"count": 3}), category("b", places={"count": 1})],
        )
    )

    assert sums(stated) == [(("a", "b"), 50 * WAN, 4)]


def test_an_envelope_over_parts_that_are_told_counts_nothing_twice():
    envelope = {"kind": "envelope", "total_fen": 25 * WAN}
    parts = [
        category("a", funding=fixed(5), places={"count": 2}),
        category("b", funding=fixed(5), places={"count": 3}),
    ]

    assert sums(programme(category("up", funding=envelope, categories=parts))) == [
        (("a",), 10 * WAN, 2),
        (("b",), 15 * WAN, 3),
    ]


def test_what_is_not_stated_is_none_and_no_money_is_nought():
    none = category("a", funding={"kind": "none"}, places={"count": 2})

    assert sums(programme(none, category("b"))) == [(("a",), 0, 2), (("b",), None, None)]


def test_a_shared_sum_has_the_codes_that_all_who_share_it_have():
    parts = [
        category("a", named="学术", applicants={"kinds": ["学会", "县科协"]}),
        category("b", named="科普", applicants={"kinds": ["学会"]}),
    ]
    stated = programme(category("up", funding=fixed(5), places={"count": 2}, categories=parts))

    (shared,) = shared_sums(stated, offers(stated))

    assert (shared.applicants, shared.themes, shared.total_fen) == (("society",), (), 10 * WAN)


def test_the_dates_of_a_track_stand_once():
    stated = programme(
        category("a", track="t"),
        category("b", track="t"),
        category("c"),
        deadline={"on": "2026-05-31"},
        tracks=[{"id": "t", "name": "科普", "deadline": {"on": "2026-04-30", "at": "17:00"}}],
    )

    assert [(m.key, m.name, m.on, m.at) for m in milestones(stated)] == [
        (("", "deadline"), "", date(2026, 5, 31), None),
        (("t", "deadline"), "科普", date(2026, 4, 30), time(17, 0)),
    ]


def test_a_date_counts_its_changes_and_keeps_its_name():
    first = programme(category("a"), deadline={"on": "2026-04-30"}, opens={"on": "2026-03-01"})
    same = programme(category("a"), category("b"), deadline={"on": "2026-04-30"}, opens={"on": "2026-03-01"})
    moved = programme(category("a"), deadline={"on": "2026-05-15", "at": "17:00"})

    found = {each.milestone.key: each for each in dated([first, same, moved])}

    deadline, opens = found["", "deadline"], found["", "opens"]
    assert (deadline.changes, deadline.revision, deadline.dropped) == (1, 3, False)
    assert deadline.milestone.on == date(2026, 5, 15)
    assert (opens.changes, opens.revision, opens.dropped) == (1, 3, True)
    assert opens.milestone.on == date(2026, 3, 1)
    again = {each.milestone.key: each for each in dated([first, same, moved, first])}
    assert (again["", "opens"].changes, again["", "opens"].dropped) == (2, False)
