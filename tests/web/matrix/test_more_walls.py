"""The same requests with ended roles, acting for a unit, from foreign pages, without the filters of the queries."""

import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Q

from keqiao.web.accounts.middleware import ACTING_FOR
from keqiao.web.accounts.roles import GUARDS, Role
from tests.web import make
from tests.web.matrix.requests import API, all_routes, ask
from tests.web.matrix.running import THIN, Matrix
from tests.web.matrix.viewers import Viewer, of_account
from tests.web.matrix.worlds import UNIT_ROLES, World

pytestmark = pytest.mark.django_db
TOKEN = "k" * 32


def ended(role: Role, world: World) -> Viewer:
    """Somebody who held a role in this world until yesterday."""
    body = world.unit if role in UNIT_ROLES else world.association.organisation
    user = make.holder(role, None if role in GUARDS else body)
    user.grants.update(valid_until=make.LONG_AGO + timedelta(days=1))
    return of_account(f"{role.value} until yesterday", user)


def test_a_role_that_has_ended_opens_nothing(worlds, capsys):
    """R9: whoever was officer, expert, guard… finds what somebody without any role finds."""
    world, requests, faults, reached = worlds[0], 0, [], set()
    for role in Role:
        routes = [route for route in all_routes() if route.opening and role.value in route.opening.who]
        if not routes:
            continue  # the pages of experts come with their part
        tally = Matrix([ended(role, world)], [world], THIN).run(routes[:: 1 + len(routes) // 60])
        requests, faults, reached = requests + tally.requests, faults + tally.faults, reached | tally.reached

    with capsys.disabled():
        sys.stdout.write(
            f"\naccess matrix, roles that have ended: requests={requests} faults={len(faults)}\n"
        )
    assert (faults, reached - {"parties:person"}) == ([], set())


def visible(viewer: Viewer, worlds: list[World]) -> set[tuple[str, int]]:
    """The routes that show ``viewer`` an object, with the number of its world."""
    browser = viewer.client()
    return {
        (route.name, world.number)
        for route in all_routes()
        if route.line.of
        for world in worlds
        if ask(browser, "GET", route.address(world)[0]).status == 200
    }


def test_whoever_acts_for_a_unit_sees_no_more_than_either(worlds, capsys):
    """A11: an officer of one association who keeps a unit of another, and acts for the unit."""
    one, other = worlds[:2]
    account = make.officer(one.association)
    make.role_of(account, Role.UNIT_ADMIN, other.unit)
    whole, alone, acting = (  # a token says itself for whom it acts; see tests/web/api
        replace(of_account(name, one_of), token="")
        for name, one_of in (
            ("both", account),
            ("unit", make.holder(Role.UNIT_ADMIN, other.unit)),
            ("acting", account),
        )
    )
    session = SessionStore(acting.session)
    session[ACTING_FOR] = str(other.unit.pk)
    session.save()

    seen = {viewer.name: visible(viewer, [one, other]) for viewer in (whole, alone, acting)}

    with capsys.disabled():
        counts = {name: len(found) for name, found in seen.items()}
        sys.stdout.write(f"\naccess matrix, acting for a unit: seen {counts}\n")
    assert ("programmes:draft", one.number) in seen["both"]
    assert ("accounts:people", other.number) in seen["acting"]
    assert seen["acting"] <= seen["both"] & seen["unit"]


def test_a_form_of_another_page_is_refused_everywhere(worlds, capsys):
    """W2: without the token, and with it from a foreign origin, for everybody and every route."""
    world = worlds[0]
    viewer = of_account("officer of 1", world.officer, "officer", 1)
    browser = viewer.client(enforce_csrf_checks=True)
    browser.cookies["keqiao-csrf"] = TOKEN
    through = {}
    requests = 0
    for route in all_routes():
        address, _ids = route.address(world)
        if address.startswith(API):  # there no cookie counts
            continue
        requests += 2
        for headers in ({}, {"X-CSRFToken": TOKEN, "Origin": "https://elsewhere.example"}):
            status = browser.post(address, headers=headers).status_code
            if status != 403:
                through[route.name] = status

    with capsys.disabled():
        sys.stdout.write(f"\naccess matrix, forged forms: requests={requests}\n")
    assert through == {}
    assert (
        browser.post("/account/language/", {"language": "en"}, headers={"X-CSRFToken": TOKEN}).status_code
        == 302
    )


FILTERS = (
    "keqiao.web.calendars.permissions.visible",
    "keqiao.web.programmes.permissions.visible_in_the_office",
    "keqiao.web.programmes.permissions.kept",
    "keqiao.web.applications.permissions.own",
    "keqiao.web.applications.permissions.in_the_office",
    "keqiao.web.regulations.permissions.readable",
    "keqiao.web.regulations.permissions.kept",
    "keqiao.web.registers.permissions.readable",
    "keqiao.web.registers.permissions.writable",
    "keqiao.web.imports.permissions.visible",
    "keqiao.web.approvals.permissions.visible_to",
    "keqiao.web.approvals.permissions.decidable_by",
    "keqiao.web.approvals.permissions.proposed_by",
    "keqiao.web.parties.permissions.visible_offices",
)
"""What every query of rows of an association starts from."""


def without_filters(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let every query forget whom it is for; return in how many places."""
    patched = 0
    for dotted in FILTERS:
        module, _, name = dotted.rpartition(".")
        forgotten = getattr(import_module(module), name)
        for where, held in _holders(forgotten):
            monkeypatch.setattr(where, held, lambda *_viewer, **_more: Q())
            patched += 1
    return patched


def _holders(function: Callable[..., Any]) -> Iterator[tuple[Any, str]]:
    for name, module in list(sys.modules.items()):
        if name.startswith("keqiao.web."):
            for held, value in list(vars(module).items()):
                if value is function:
                    yield module, held


def test_row_level_security_holds_where_every_filter_is_forgotten(worlds, monkeypatch, capsys):
    """A3: on PostgreSQL no word of another association's rows; on SQLite the same run shows that filters were gone."""
    logging.disable(logging.CRITICAL)
    places = without_filters(monkeypatch)
    officer = of_account("officer of 1", worlds[0].officer, "officer", 1)
    tally = Matrix([officer], worlds, ("GET",)).run(
        [route for route in all_routes() if not route.name.startswith("account_")]
    )
    shown = [fault for fault in tally.faults if "shows rows of" in fault]

    with capsys.disabled():
        told = f"places={places} requests={tally.requests} answers_with_rows_of_others={len(shown)}"
        sys.stdout.write(f"\naccess matrix, filters forgotten, {connection.vendor}: {told}\n")
    if connection.vendor == "postgresql":
        assert shown == []
    else:
        assert len(shown) > len(FILTERS)
