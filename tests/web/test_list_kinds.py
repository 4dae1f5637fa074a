"""Every list of the back office can be asked, keeps views, and leaves as a file unless a reason stands here.

The lists are opened as a user opens them, and each key is asked on the rows of the page.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import resolve, reverse

from keqiao.core.query import Choice, Field, Kind
from keqiao.core.query.fields import choices_of
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.models import Decision
from keqiao.web.public_notice.models import Award
from keqiao.web.registers.books import BOOKS
from keqiao.web.ui.lists import ListKind, ListPage, list_page
from keqiao.web.ui.lists.kinds import key_of
from tests.web import make
from tests.web.registers import makers

pytestmark = pytest.mark.django_db
SHELL = Path(__file__).parents[2] / "keqiao" / "web"

PUBLIC = {"keqiao.web.portal.searching": "anybody's search: words only, nothing is kept and nothing recorded"}
STAYS = {
    "notifications.inbox": "one's own messages are read where they are",
    "notifications.outbox": "addresses of people",
    "parties.duplicate_people": "birth dates and telephones of people are what they share",
    "parties.people": "rolls of people leave by the importer, for one association",
    "accounts.accounts": "addresses and telephones of people",
    "accounts.invitations": "addresses of people",
    "accounts.people": "who works for a unit",
    "privacy.requests": "who asked for what",
    "privacy.reveals": "at whose number somebody looked, and why",
    "programmes.amendments": "a notice is read with its document",
    "review.experts": "experts leave by the importer, for one association",
}
"""Lists that cannot be had as a file."""


@dataclass(frozen=True)
class World:
    """Somebody of each kind, and what the addresses of the lists name."""

    officer: Any
    leader: Any
    applicant: Any
    guard: Any
    association: Any
    unit: Any
    scheme: Any
    offer: Any
    decision: Any
    award: Any


Address = Callable[[World], list[Any]]
NOTHING: Address = lambda _world: []  # noqa: E731
ASSOCIATION: Address = lambda world: [world.association.pk]  # noqa: E731
UNIT: Address = lambda world: [world.unit.pk]  # noqa: E731

LISTS: dict[str, tuple[str, str, Address]] = {
    "accounts.accounts": ("accounts:accounts", "guard", NOTHING),
    "accounts.invitations": ("accounts:invitations", "guard", UNIT),
    "accounts.people": ("accounts:people", "guard", UNIT),
    "accounts.registrations": ("accounts:registrations", "officer", NOTHING),
    "accounts.units": ("accounts:units", "officer", NOTHING),
    "applications.joinings": ("applications:joinings", "applicant", NOTHING),
    "applications.own": ("applications:own", "applicant", NOTHING),
    "applications.received": ("applications:received", "officer", NOTHING),
    "approvals.all": ("approvals:all", "leader", NOTHING),
    "approvals.mine": ("approvals:mine", "leader", NOTHING),
    "approvals.waiting": ("approvals:waiting", "leader", NOTHING),
    "eligibility.invitees": ("eligibility:invitees", "officer", lambda world: [world.offer.pk]),
    "eligibility.mine": ("eligibility:mine", "applicant", UNIT),
    "eligibility.offers": ("eligibility:inviting", "officer", NOTHING),
    "filing.mails": ("filing:mails", "officer", NOTHING),
    "filing.papers": ("filing:papers", "officer", NOTHING),
    "imports.imports": ("imports:home", "officer", NOTHING),
    "notifications.inbox": ("notifications:inbox", "officer", NOTHING),
    "notifications.outbox": ("notifications:outbox", "officer", NOTHING),
    "parties.duplicate_people": ("parties:duplicate_people", "officer", NOTHING),
    "parties.duplicate_units": ("parties:duplicates", "officer", NOTHING),
    "parties.organisations": ("parties:list", "officer", NOTHING),
    "parties.people": ("parties:people", "officer", NOTHING),
    "parties.regions": ("parties:regions", "officer", NOTHING),
    "privacy.requests": ("privacy:requests", "guard", NOTHING),
    "privacy.reveals": ("privacy:reveals", "guard", NOTHING),
    "programmes.amendments": ("programmes:amendments", "officer", NOTHING),
    "programmes.calls": ("programmes:desk", "officer", NOTHING),
    "registers.debarments": ("registers:debarments", "officer", ASSOCIATION),
    "registers.recognitions": ("registers:scheme", "officer", lambda world: [world.scheme.pk]),
    "regulations.library": ("regulations:library", "officer", NOTHING),
    "acceptance.own": ("acceptance:own", "applicant", NOTHING),
    "activities.to_verify": ("activities:queue", "officer", NOTHING),
    "allocation.decision": ("allocation:table", "officer", lambda world: [world.decision.pk]),
    "public_notice.upward": ("public_notice:upward", "officer", lambda world: [world.award.pk]),
    "public_notice.objections": ("public_notice:objections", "officer", NOTHING),
    "review.experts": ("review:experts", "officer", NOTHING),
    "grants.of_call": ("grants:call", "officer", lambda world: [world.offer.call_id]),
    "grants.own": ("grants:own", "applicant", NOTHING),
    "review.formal_checks": ("review:call", "officer", lambda world: [world.offer.call_id]),
    **{
        f"registers.{code}": (
            "registers:book",
            "officer",
            lambda world, code=code: [world.association.pk, code],
        )
        for code in BOOKS
    },
}
"""Each list by its code: the name of its address, who opens it, what stands in the address."""

VALUES: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("甲", '"甲 乙"', "甲,乙"),
    Kind.NUMBER: ("3", "1..3", ">2", "3,4"),
    Kind.MONEY: ("3万元", "1万元..3万元", "<=5000元"),
    Kind.DAY: ("2026", "2026-03-01..", ">2026-03"),
}


@pytest.fixture
def world() -> World:
    association = make.association()
    call = make.published_call(association, make.definition(deadline={"on": "2090-06-30"}))
    unit = make.organisation()
    officer = make.officer(association)
    begun = {"revision": call.revisions.get(), "made_by": officer, "made_at": call.created_at}
    return World(
        officer=officer,
        leader=make.holder(Role.LEADER, association.organisation),
        applicant=make.holder(Role.APPLICANT, unit),
        guard=make.holder(Role.SECURITY_ADMIN),
        association=association,
        unit=unit,
        scheme=makers.scheme(association),
        offer=call.offers.first(),
        award=Award.objects.create(
            association=association, call=call, title="立项通知", made_by=officer, made_at=call.created_at
        ),
        decision=Decision.objects.create(association=association, call=call, **begun),
    )


def address_of(code: str, world: World) -> str:
    name, _viewer, arguments = LISTS[code]
    return reverse(name, args=arguments(world))


def opened(client: Any, code: str, world: World, language: str = "zh-hans") -> ListPage:
    client.force_login(getattr(world, LISTS[code][1]))
    answer = client.get(address_of(code, world), {"sort": "-none"}, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.context["list"]


def fields_of(kind: ListKind) -> list[Field]:
    named = [key.field for key in kind.keys]
    names = {field.name for field in named}
    return named + [key_of(each).field for each in kind.filters if each.name not in names]


def questions(field: Field) -> Iterator[str]:
    """All that can be asked of a key: each kind of comparison, each choice, empty or not."""
    word = field.words[0]
    for value in VALUES.get(field.kind, ()):
        yield f"{word}{value}" if value.startswith((">", "<")) else f"{word}:{value}"
    for choice in choices_of(field):
        yield f'{word}:"{choice.words[0]}"'
    if field.optional:
        yield from (f"无:{word}", f"有:{word}")


@pytest.mark.parametrize("code", LISTS)
def test_every_key_of_a_list_can_be_asked_and_denied(client, world, code):
    shown = opened(client, code, world)

    for field in fields_of(shown.kind):
        for question in questions(field):
            for typed in (question, f"-{question}"):
                asked = QueryDict(mutable=True)
                asked["q"] = typed
                answered = list_page(shown.narrowed, shown.kind, asked)
                assert (typed, answered.faults, len(answered.page.object_list) >= 0) == (typed, (), True)


@pytest.mark.parametrize("code", LISTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_two_keys_of_a_list_share_a_word_in_either_language(client, world, code, language):
    fields = fields_of(opened(client, code, world, language).kind)

    words = [each for field in fields for each in {word.casefold() for word in (*field.words, field.name)}]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("code", LISTS)
def test_every_list_is_searched_keeps_views_under_its_own_code_and_has_keys(client, world, code):
    kind = opened(client, code, world).kind

    assert (kind.code, kind.search is not None) == (code, True)
    assert bool(fields_of(kind))


@pytest.mark.parametrize("code", LISTS)
def test_every_list_can_be_had_as_a_file_or_there_is_a_reason(client, world, code):
    shown = opened(client, code, world)
    answer = client.get(address_of(code, world), {"export": "csv"})

    is_file = answer.headers["Content-Type"].startswith("text/csv")
    assert (shown.exports, is_file) == (code not in STAYS,) * 2


def test_no_list_is_forgotten(world):
    opened_here = {resolve(address_of(code, world)).func.__module__ for code in LISTS}

    assert modules_with_lists() - set(PUBLIC) == opened_here
    assert STAYS.keys() <= LISTS.keys()


def modules_with_lists() -> set[str]:
    """The modules of the shell that show a list."""
    found = set()
    for path in SHELL.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        if any(isinstance(call.func, ast.Name) and call.func.id == "list_page" for call in calls):
            found.add(".".join(path.relative_to(SHELL.parents[1]).with_suffix("").parts))
    return found


def test_questions_reach_choices_ranges_and_emptiness():
    """The check can fail: what it asks is all that can be asked."""
    choice = Field("a", ("甲",), Kind.CHOICE, (Choice("x", ("乙",)),))
    day = Field("b", ("日",), Kind.DAY, optional=True)

    assert list(questions(choice)) == ['甲:"乙"']
    assert list(questions(day)) == ["日:2026", "日:2026-03-01..", "日>2026-03", "无:日", "有:日"]
