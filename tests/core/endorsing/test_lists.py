"""Order, quota, time and co-signing of the list of an endorsing unit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.endorsing.lists import Line, Terms, forward_findings, list_findings, ranked, ranks, reordered
from keqiao.core.findings import Weight
from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import PassageState as S

DEADLINE = datetime(2026, 6, 20, 15, 59, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
REFUSED = {
    "endorsement.late",
    "endorsement.over_quota",
    "endorsement.nothing_to_forward",
    "endorsement.opinion_outdated",
    "endorsement.co_signer_waits",
    "endorsement.co_signer_not_asked",
}


def lines(*states):
    """Lines a, b, c … in these states, placed as they come."""
    return [Line(chr(97 + n), S(state), n + 1, chr(65 + n)) for n, state in enumerate(states)]


def codes(found):
    return [each.code.removeprefix("endorsement.") for each in found]


@pytest.mark.parametrize(
    ("states", "terms", "batch", "expected"),
    [
        (["recommended"], Terms(), None, []),
        (["declined"], Terms(), None, []),  # nobody goes on, and who is declined is told
        ([], Terms(), None, ["nothing_to_forward"]),
        (["waiting", "waiting"], Terms(), None, ["nothing_to_forward", "still_waiting"]),
        (["returned", "recommended"], Terms(), None, ["still_returned"]),
        (["recommended"] * 2, Terms(2), None, []),
        (["recommended"] * 3, Terms(2), None, ["over_quota"]),
        (["recommended"], Terms(2, 1), None, []),
        (["recommended"] * 2, Terms(2, 1), None, ["over_quota"]),
        (["declined"], Terms(0), None, []),
        (
            ["declined"],
            Terms(1, 3),
            None,
            [],
        ),  # a quota that was lowered refuses nothing where nothing goes on
        (["recommended"], Terms(deadline=DEADLINE), None, []),
        (["recommended"], Terms(needs_co_signer=True), None, ["co_signer_not_asked"]),
        (["recommended"], Terms(needs_co_signer=True), BatchState.PROPOSED, ["co_signer_waits"]),
        (["recommended"], Terms(needs_co_signer=True), BatchState.AGREED, []),
        (["recommended"], Terms(needs_co_signer=True), BatchState.REFUSED, ["co_signer_not_asked"]),
        (["recommended"], Terms(needs_co_signer=True), BatchState.VOID, ["co_signer_not_asked"]),
    ],
)
def test_what_stands_against_forwarding_a_list(states, terms, batch, expected):
    found = forward_findings(lines(*states), terms, batch, DEADLINE)

    assert codes(found) == expected
    assert {each.code for each in found if each.weight is Weight.REFUSE} == REFUSED & {
        each.code for each in found
    }


@pytest.mark.parametrize(("at", "expected"), [(DEADLINE, []), (DEADLINE + SECOND, ["late"])])
def test_the_last_moment_is_in_time(at, expected):
    assert codes(list_findings(lines("recommended"), Terms(deadline=DEADLINE), at)) == expected


def test_a_list_over_its_quota_says_how_many_are_too_many():
    (found,) = list_findings(lines(*["recommended"] * 4), Terms(3, 1), DEADLINE)

    assert found.values == {"quota": 3, "taken": 1, "going": 4, "over": 2}


def test_an_opinion_on_content_that_has_changed_stops_the_list_and_names_it():
    changed = Line("a", S.RECOMMENDED, 1, "航天科普巡展", opinion_fits=False)
    fine = Line("b", S.DECLINED, None, "乙", opinion_fits=False)  # what does not go on needs no new opinion
    (found,) = list_findings([changed, fine], Terms(), DEADLINE)

    assert (found.code, found.values) == ("endorsement.opinion_outdated", {"titles": ("航天科普巡展",)})


def test_ranks_leave_no_gap_where_returned_ones_keep_their_places():
    placed = [
        Line("late", S.RECOMMENDED),
        Line("third", S.RECOMMENDED, 3),
        Line("returned", S.RETURNED, 2),
        Line("first", S.RECOMMENDED, 1),
        Line("declined", S.DECLINED),
    ]

    assert [line.id for line in ranked(placed)] == ["first", "third", "late"]
    assert ranks(placed) == {"first": 1, "third": 2, "late": 3}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (["d", "a", "c"], ["d", "b", "a", "c"]),  # b was returned and keeps the second place
        (["a", "c", "d"], ["a", "b", "c", "d"]),
        ([], ["a", "b", "c", "d"]),
    ],
)
def test_who_is_not_named_in_an_order_keeps_the_place(order, expected):
    assert reordered(["a", "b", "c", "d"], order) == expected


@pytest.mark.parametrize("order", [["a", "a"], ["x"], ["a", "x"]])
def test_an_order_names_each_once_and_nobody_else(order):
    with pytest.raises(ValueError, match="once"):
        reordered(["a", "b"], order)


PLACED = st.lists(st.integers(), unique=True, max_size=12)


@given(PLACED.flatmap(lambda placed: st.tuples(st.just(placed), st.permutations(placed), st.integers(0, 12))))
def test_a_new_order_loses_nobody_and_moves_nobody_who_is_not_named(drawn):
    placed, turned, number = drawn
    order = turned[:number]

    after = reordered(placed, order)

    assert sorted(after) == sorted(placed)
    assert [each for each in after if each in order] == order
    assert [(at, each) for at, each in enumerate(after) if each not in order] == [
        (at, each) for at, each in enumerate(placed) if each not in order
    ]
    assert reordered(after, order) == after


LINES = st.lists(
    st.builds(Line, st.uuids().map(str), st.sampled_from(S), st.none() | st.integers(1, 9)), max_size=8
)


@given(LINES, st.integers(0, 9), st.integers(0, 9))
def test_a_wider_quota_never_refuses_what_a_narrower_one_lets_pass(drawn, quota, taken):
    narrow = codes(list_findings(drawn, Terms(quota, taken), DEADLINE))
    wide = codes(list_findings(drawn, Terms(quota + 1, taken), DEADLINE))

    assert set(wide) <= set(narrow)
    assert sorted(ranks(drawn).values()) == list(
        range(1, sum(line.state is S.RECOMMENDED for line in drawn) + 1)
    )
