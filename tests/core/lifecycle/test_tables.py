"""The tables from review to credit: what holds for every one, and the ways that documents describe."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from keqiao.core.lifecycle import (
    NotAllowed,
    acceptance,
    activity,
    credit,
    grant,
    instalment,
    objection,
    public_notice,
    review_task,
    roles,
    selection,
    settlement,
)
from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.tables import STATES, TABLES
from keqiao.readers.lifecycle_words import case_words, role_words

ROLES = {value for name, value in vars(roles).items() if name.isupper()}


def reached(table, starts):
    """Every state to which acts lead from ``starts``."""
    found = set(starts)
    while more := {
        move.target
        for move in table.moves
        if move.target and move.sources & found and move.target not in found
    }:
        found |= more
    return found


def faults(table):
    """What is wrong with a table, whatever it is about."""
    states = set(STATES[table.case])
    if reached(table, table.begins.values()) != states:
        yield "a state that nothing leads to"
    if any(not reached(table, {state}) & table.ends for state in states):
        yield "a state with no way to an end"
    if {move.act for move in table.moves} != set(table.events):
        yield "an act without an event"
    if (table.reasons | table.two_people) - set(table.events):
        yield "a reason for an act that is not there"
    if any(not move.roles or move.roles - ROLES for move in table.moves):
        yield "a role that nobody has"
    yield from event_faults(table)


def event_faults(table):
    """Whether an event says what state it leaves a case in."""
    targets = {}
    for move in table.moves:
        if targets.setdefault(table.events.get(move.act), move.target) is not move.target:
            yield "an event that leads to two states"
    if set(table.begins) & set(table.events.values()):
        yield "an event that begins a case and moves one"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.case)
def test_every_state_is_reached_and_every_way_ends(table):
    assert list(faults(table)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"begins": {"invited": review_task.S.SEALED}}, "a state that nothing leads to"),
        ({"ends": frozenset({review_task.S.SEALED})}, "a state with no way to an end"),
        ({"events": {}}, "an act without an event"),
        ({"reasons": frozenset({"ponder"})}, "a reason for an act that is not there"),
        ({"begins": {"invited": review_task.S.INVITED, "sealed": review_task.S.SEALED}},
         "an event that begins a case and moves one"),
        ({"moves": (*review_task.TABLE.moves, Move("seal", frozenset({"nobody"}), frozenset(), None))},
         "a role that nobody has"),
        ({"moves": (*review_task.TABLE.moves, Move("seal", frozenset({"expert"}), frozenset(), None))},
         "an event that leads to two states"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(change, fault):
    assert fault in list(faults(replace(review_task.TABLE, **change)))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.case)
def test_every_name_stands_in_both_languages(table):
    for language in ("zh", "en"):
        words = case_words(table.case, language)
        assert words.name
        assert set(words.states) == {state.value for state in STATES[table.case]}
        assert set(words.acts) == set(table.events)
        assert len(set(words.states.values())) == len(words.states)
    assert set(role_words()) == set(role_words("en")) == ROLES


def walk(table, *steps):
    """The states that a case goes through; each step is act and role."""
    [state] = set(table.begins.values()) if len(table.begins) == 1 else [next(iter(table.begins.values()))]
    states = [state]
    for step in steps:
        act, role = step.split("/")
        state = table.after(state, act, {role})
        states.append(state)
    return [each.value for each in states]


WAYS = {
    "an expert accepts, scores and seals": (
        review_task.TABLE,
        "accept/expert begin/expert save/expert seal/expert",
        "sealed",
    ),
    "a sealed sheet is opened again by the office only": (
        review_task.TABLE,
        "accept/expert begin/expert seal/expert reopen/officer seal/expert",
        "sealed",
    ),
    "a conflict that is found late takes a sealed sheet out": (
        review_task.TABLE,
        "accept/expert begin/expert seal/expert recuse/officer",
        "recused",
    ),
    "an objection is upheld and the next in rank comes in": (
        selection.TABLE,
        "propose/officer approve/leader post/officer hold/program drop/leader substitute/officer",
        "substituted",
    ),
    "the substitute goes the whole way": (
        selection.TABLE,
        "put_in_reserve/officer propose/officer approve/leader post/officer confirm/officer",
        "confirmed",
    ),
    "an objection is rejected and the item goes on": (
        selection.TABLE,
        "propose/officer approve/leader post/clock hold/program clear/program confirm/officer",
        "confirmed",
    ),
    "a pilot wins, its child is absorbed; found otherwise, it is ranked again": (
        selection.TABLE,
        "absorb/program release/program",
        "ranked",
    ),
    "a notice is posted, ends and is taken down": (
        public_notice.TABLE,
        "edit/officer sign/leader post/clock end/clock conclude/officer take_down/clock",
        "taken_down",
    ),
    "an objection is completed, looked into and decided": (
        objection.TABLE,
        "ask_for_more/officer supply/objector accept/officer assign/officer find/investigator uphold/leader",
        "upheld",
    ),
    "a withdrawn objection is looked into all the same": (
        objection.TABLE,
        "accept/officer withdraw/objector go_on/officer assign/officer find/investigator reject/leader",
        "rejected",
    ),
    "a project is carried out, changed and closed": (
        grant.TABLE,
        "send/officer sign/officer start/clock change/program finish/applicant close/officer",
        "closed",
    ),
    "a failed project": (grant.TABLE, "send/officer sign/officer start/officer fail/program", "failed"),
    "money goes out, comes back from the bank and is asked for again": (
        instalment.TABLE,
        "meet/program request/officer approve/finance pay/finance bounce/finance request/officer approve/finance",
        "approved",
    ),
    "money arrives": (
        instalment.TABLE,
        "meet/program request/officer approve/finance pay/finance confirm/applicant",
        "confirmed",
    ),
    "an activity is verified and locked": (
        activity.TABLE,
        "file/applicant hold/applicant report/applicant verify/officer lock/clock",
        "locked",
    ),
    "what is left is paid back": (
        settlement.TABLE,
        "submit/applicant return/finance submit/applicant admit/finance demand/finance receive/finance",
        "closed",
    ),
    "an activity is postponed, held, returned and reported again": (
        activity.TABLE,
        "postpone/applicant plan_again/applicant hold/applicant report/applicant return/officer report/applicant",
        "reported",
    ),
    "work is put right by a date and passes": (
        acceptance.TABLE,
        "submit/applicant order_rectification/officer submit/applicant pass/officer",
        "passed",
    ),
    "who never reports fails": (acceptance.TABLE, "fail/officer", "failed"),
    "an entry is appealed, upheld and expires": (
        credit.TABLE,
        "answer/subject record/leader appeal/subject uphold/leader expire/clock",
        "expired",
    ),
}


@pytest.mark.parametrize("name", sorted(WAYS))
def test_the_ways_that_documents_describe(name):
    table, steps, end = WAYS[name]
    states = walk(table, *steps.split())

    assert states[-1] == end
    acts = [step.partition("/")[0] for step in steps.split()]
    said = [table.events[act] for act in acts]
    moved = [after for before, after in pairwise(states) if before != after]
    assert [table.state_after[event].value for event in said if event in table.state_after] == moved


@pytest.mark.parametrize(
    ("table", "state", "act", "held"),
    [
        (review_task.TABLE, "sealed", "save", {"expert"}),
        (review_task.TABLE, "sealed", "reopen", {"expert"}),
        (review_task.TABLE, "declined", "begin", {"expert"}),
        (selection.TABLE, "proposed", "approve", {"officer"}),
        (selection.TABLE, "proposed", "post", {"officer"}),
        (selection.TABLE, "held", "confirm", {"officer", "leader"}),
        (selection.TABLE, "reserve", "confirm", {"officer", "leader"}),
        (public_notice.TABLE, "posted", "edit", {"officer", "leader"}),
        (public_notice.TABLE, "posted", "conclude", {"officer", "leader"}),
        (objection.TABLE, "accepted", "uphold", {"leader"}),
        (objection.TABLE, "found", "uphold", {"investigator", "officer"}),
        (grant.TABLE, "running", "close", {"officer"}),
        (grant.TABLE, "running", "change", {"officer", "applicant"}),
        (instalment.TABLE, "planned", "pay", {"finance"}),
        (instalment.TABLE, "requested", "approve", {"officer"}),
        (instalment.TABLE, "paid", "cancel", {"leader"}),
        (activity.TABLE, "reported", "verify", {"applicant"}),
        (activity.TABLE, "verified", "edit", {"applicant"}),
        (activity.TABLE, "locked", "return", {"officer"}),
        (acceptance.TABLE, "rectifying", "pass", {"officer"}),
        (acceptance.TABLE, "failed", "pass", {"officer"}),
        (credit.TABLE, "in_force", "lift", {"officer"}),
        (credit.TABLE, "lifted", "appeal", {"subject"}),
    ],
)
def test_what_must_not_be(table, state, act, held):
    with pytest.raises(NotAllowed):
        table.after(STATES[table.case](state), act, held)


def test_what_is_open_to_somebody_is_what_the_table_lets_do():
    for table in TABLES:
        for state in STATES[table.case]:
            for role in ROLES:
                open_acts = table.acts_in(state, {role})
                for act in table.events:
                    try:
                        table.after(state, act, {role})
                    except NotAllowed:
                        assert act not in open_acts
                    else:
                        assert act in open_acts


def test_an_entry_expires_by_its_last_day_without_anybody_writing_it():
    last = date(2026, 12, 31)

    assert credit.credit_on(credit.S.IN_FORCE, last, last) is credit.S.IN_FORCE
    assert credit.credit_on(credit.S.UPHELD, last, date(2027, 1, 1)) is credit.S.EXPIRED
    assert credit.credit_on(credit.S.IN_FORCE, None, date(2999, 1, 1)) is credit.S.IN_FORCE
    assert credit.credit_on(credit.S.LIFTED, last, date(2027, 1, 1)) is credit.S.LIFTED
