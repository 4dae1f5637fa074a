"""What happened to a case stands in a chain that nobody can change unseen."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models import F

from keqiao.web.audit import log
from keqiao.web.audit.models import ChainHead, Event, Reason
from keqiao.web.audit.queries import last_acts, timeline
from keqiao.web.audit.verification import (
    TRIGGERS,
    Outcome,
    check_chains,
    check_reasons,
    check_triggers,
    compare_states,
)
from tests.web.append_only import triggers_off
from tests.web.walls import as_owner

CASE = log.Chain("programmes.call", "7a7e7d0e-0000-4000-8000-000000000001")
OTHER = log.Chain("programmes.call", "7a7e7d0e-0000-4000-8000-000000000002")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OFFICER = SimpleNamespace(pk=uuid.UUID("7a7e7d0e-0000-4000-8000-0000000000aa"))


def change_and_fail() -> None:
    with transaction.atomic():
        log.record("published", CASE, actor=OFFICER, role="officer", at=NOON)
        raise ZeroDivisionError


def write(*acts: str, case: log.Chain = CASE, **details: object) -> list[Event]:
    with transaction.atomic():
        return [
            log.record(
                act, case, actor=OFFICER, role="officer", at=NOON + timedelta(minutes=number), **details
            )
            for number, act in enumerate(acts)
        ]


def codes(outcome) -> set[str]:
    return {fault.code for fault in outcome.faults}


@pytest.mark.django_db
def test_events_of_a_case_form_one_chain_without_gaps():
    write("drafted", "published")
    write("drafted", case=OTHER)
    write("closed")

    events = list(timeline(CASE))

    assert [(event.sequence, event.act) for event in events] == [
        (1, "drafted"),
        (2, "published"),
        (3, "closed"),
    ]
    assert [event.previous_digest for event in events] == ["", events[0].digest, events[1].digest]
    assert check_chains() == Outcome(4)


@pytest.mark.django_db
def test_an_event_keeps_who_in_what_role_when_and_why():
    (event,) = write("returned", reason="  盖章页缺失 ", data={"revision": 3, "codes": ["seal.missing"]})
    event = timeline(CASE).get()

    assert (event.actor_id, event.role, event.at, event.reason.text, event.data) == (
        OFFICER.pk,
        "officer",
        NOON,
        "盖章页缺失",
        {"revision": 3, "codes": ["seal.missing"]},
    )


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_the_transaction_of_its_change_is_refused():
    with pytest.raises(log.OutsideTransactionError):
        log.record("published", CASE, actor=OFFICER, role="officer", at=NOON)
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_neither_event_nor_number():
    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    write("drafted")
    assert [event.sequence for event in timeline(CASE)] == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        {"name": "王小明"},
        {"mail": "a@example.org"},
        {"share": 0.5},
        {"deep": [{"note": "two words"}]},
        {"姓名": 1},
    ],
)
def test_words_names_and_fractions_cannot_enter_an_event(data):
    with pytest.raises(ValueError, match=r"^data"):
        write("published", data=data)
    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_a_time_without_zone_and_an_act_that_is_a_sentence_are_refused():
    with pytest.raises(ValueError, match="no zone"):
        log.record("published", CASE, actor=None, role="clock", at=NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="no act"):
        log.record("Call published", CASE, actor=None, role="clock", at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage",
    [
        lambda: Event.objects.filter(sequence=1).update(act="forged"),
        lambda: Event.objects.filter(sequence=1)._raw_delete("default"),
        lambda: Reason.objects.update(text="anders"),
        lambda: ChainHead.objects.all().delete(),
        lambda: ChainHead.objects.update(sequence=F("sequence") - 1),
    ],
)
def test_the_database_itself_refuses_to_rewrite_history(damage):
    write("drafted", "published", reason="核对无误")
    with as_owner(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        damage()  # by the owner of the tables; the running program may not even try


def swap_two_acts() -> None:
    first, second = Event.objects.filter(chain_id=CASE.id, sequence__in=[2, 3]).order_by("sequence")
    Event.objects.filter(pk=first.pk).update(act=second.act, digest=second.digest)
    Event.objects.filter(pk=second.pk).update(act=first.act, digest=first.digest)


def slip_one_in() -> None:
    last = Event.objects.filter(chain_id=CASE.id).last()
    Event(**{**row_of(last), "sequence": 5, "previous_digest": last.digest}).save()


def row_of(event: Event) -> dict[str, object]:
    names = ("chain_kind", "chain_id", "act", "role", "at", "data", "digest")
    return {name: getattr(event, name) for name in names}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda: Event.objects.filter(sequence=2).update(act="withdrawn"), "event.altered"),
        (lambda: Event.objects.filter(sequence=2).update(at=NOON), "event.altered"),
        (lambda: Event.objects.filter(sequence=2).update(data={"revision": 9}), "event.altered"),
        (lambda: Event.objects.filter(sequence=2).update(actor_id=None), "event.altered"),
        (lambda: Event.objects.filter(sequence=2).delete(), "event.out_of_sequence"),
        (lambda: Event.objects.filter(sequence=4).delete(), "chain.end_differs"),
        (lambda: Event.objects.filter(sequence=1).delete(), "event.link_broken"),
        (lambda: Event.objects.all().delete(), "chain.lost"),
        (lambda: ChainHead.objects.all().delete(), "chain.head_missing"),
        (swap_two_acts, "event.link_broken"),
        (slip_one_in, "chain.end_differs"),
    ],
)
def test_verify_finds_what_was_done_to_the_rows_past_the_triggers(damage, found):
    write("drafted", "checked", "published", "closed")
    assert check_chains().faults == ()
    with triggers_off():
        damage()
    assert found in codes(check_chains())


@pytest.mark.django_db
def test_an_erased_reason_leaves_a_chain_that_verifies_and_says_who_erased_it():
    (event,) = write("returned", reason="申请人王小明来电")
    log.erase_reason(event, actor=OFFICER, role="audit_admin", at=NOON)

    assert Reason.objects.count() == 0
    assert [event.act for event in timeline(CASE)] == ["returned", "reason_erased"]
    assert check_chains().faults == check_reasons().faults == ()


@pytest.mark.django_db
def test_a_reason_that_was_changed_or_taken_away_in_silence_is_found():
    write("returned", "returned", reason="盖章页缺失")
    assert check_reasons().checked == 2
    with triggers_off():
        Reason.objects.filter(event__sequence=1).delete()
        Reason.objects.filter(event__sequence=2).update(text="另一个理由")
    assert codes(check_reasons()) == {"reason.lost", "reason.altered"}


@pytest.mark.django_db
def test_a_state_that_disagrees_with_its_events_is_found():
    write("drafted", "published", "proofread")
    write("drafted", case=OTHER)
    after = {"drafted": "draft", "published": "open"}

    states = [(CASE.id, "open"), (OTHER.id, "draft")]
    assert compare_states(CASE.kind, states, after).faults == ()
    assert last_acts(CASE.kind, after) == {CASE.id: "published", OTHER.id: "drafted"}
    broken = compare_states(CASE.kind, [(CASE.id, "draft"), ("unknown", "draft")], after)
    assert codes(broken) == {"case.state_differs", "case.without_events"}


@pytest.mark.django_db
def test_triggers_that_are_missing_are_found():
    assert check_triggers().faults == ()
    assert set(import_module("keqiao.web.audit.migrations.0002_append_only").TRIGGERS) == TRIGGERS
    with triggers_off():
        assert {fault.about for fault in check_triggers().faults} == TRIGGERS


@pytest.mark.django_db
def test_verify_prints_counts_and_answers_by_its_exit_status(capsys):
    write("drafted", "published")
    call_command("verify")
    assert "events\t2 checked\t0 broken" in capsys.readouterr().out.splitlines()

    with triggers_off():
        Event.objects.filter(sequence=2).update(act="forged")
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert printed["ok"] is False
    assert printed["checks"]["events"]["faults"][0]["code"] == "event.altered"
