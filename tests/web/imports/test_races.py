"""Several at once: two workers at one import, two imports of the same units."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from keqiao.web.audit.models import Event
from keqiao.web.imports import actions, running
from keqiao.web.parties.models import Organisation
from tests.web import make
from tests.web.imports.importing import NOW, UNITS, checked, some

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [(f"第{number}学会", "学会") for number in range(40)]


def at_once(*works):
    """Run all works at the same moment, each in a thread with a connection of its own; returns what they raised."""
    together, raised = Barrier(len(works)), []

    def run(work):
        together.wait()
        try:
            work()
        except Exception as wrong:  # noqa: BLE001  told to the test
            raised.append(wrong)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


def test_two_workers_at_one_import_register_each_unit_once(association, officer):
    made = checked([UNITS, *ROWS], association, officer)
    actions.start(made, made.edition, actor=officer, at=NOW)

    raised = at_once(*[lambda: running.run(made.pk, NOW)] * 2)

    assert raised == []
    assert Organisation.objects.filter(kind="society").count() == len(ROWS)
    assert some(made) == {"done": len(ROWS), "created": len(ROWS)}


def test_two_imports_of_the_same_units_at_once_register_them_once(association, officer):
    other = make.officer(association)
    imports = [checked([UNITS, *ROWS], association, actor) for actor in (officer, other)]
    for made, actor in zip(imports, (officer, other), strict=True):
        actions.start(made, made.edition, actor=actor, at=NOW)

    raised = at_once(*[lambda pk=made.pk: running.run(pk, NOW) for made in imports])

    assert raised == []
    assert Organisation.objects.filter(kind="society").count() == len(ROWS)


def test_two_clicks_at_once_start_one_import(association, officer):
    made = checked([UNITS, *ROWS], association, officer)

    raised = at_once(*[lambda: actions.start(made, made.edition, actor=officer, at=NOW)] * 4)

    assert (raised, Event.objects.filter(act="started").count()) == ([], 1)
