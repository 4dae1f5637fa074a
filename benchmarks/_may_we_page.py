"""A database with many open categories and a unit that asks; the page, and the same answers worked out plainly."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from benchmarks import line
from keqiao.core.programme import Programme
from keqiao.core.rules.category import category_answer
from keqiao.readers.programmes import shipped
from keqiao.readers.rule_words import rule_words
from keqiao.web.accounts.roles import Role
from keqiao.web.eligibility.cases import cases_on
from keqiao.web.eligibility.queries import decisions_for, offers_open
from keqiao.web.parties.models import Association, Organisation
from keqiao.web.parties.queries import local_day
from keqiao.web.portal.demonstration import load
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.scope import work_as_program
from tests.web import make
from tests.web.reopened import reopened

MOST_MS = 100.0
RATIO_MIN = 10.0
CATEGORIES = 500
ROUNDS = 15
FAR = date(2090, 6, 30)


@dataclass(frozen=True)
class Page:
    """The page of one unit."""

    client: Client
    unit: Organisation
    now: datetime
    categories: int

    def get(self) -> bytes:
        """The page as the unit sees it."""
        answer = self.client.get(reverse("eligibility:mine", args=[self.unit.pk]))
        assert answer.status_code == 200, answer.status_code
        return answer.content

    def ask_plainly(self) -> dict[int, str]:
        """The verdicts, each category compiled and asked by itself."""
        offers = list(offers_open(self.now))
        owners = {offer.call.association_id for offer in offers}
        cases = cases_on(local_day(self.now), [self.unit.pk], owners)
        found = {}
        for offer in offers:
            programme = programme_of(offer.call.revisions.order_by("-number")[0].definition)
            path = next((path for path, node in _paths(programme) if node == offer.node), ())
            case = cases[offer.call.association_id, self.unit.pk]
            found[offer.pk] = category_answer(programme, path, case, rule_words()).verdict.value
        return found

    def differences(self) -> int:
        """How many verdicts of the page are not those of the plain way."""
        ours = decisions_for(self.unit.pk, self.now)
        plain = self.ask_plainly()
        return sum(ours[pk].verdict != verdict for pk, verdict in plain.items()) + (len(ours) != len(plain))


def measure() -> int:
    """Fill the database, check, measure, print; 0 the bounds hold, 1 an answer is wrong or a bound is broken."""
    page = prepared(CATEGORIES)
    if wrong := page.differences():
        print(f"may_we: {wrong} of {page.categories} verdicts differ", file=sys.stderr)
        return 1
    ours = statistics.median(_seconds(page.get) for _ in range(ROUNDS)) * 1000
    plain = _seconds(page.ask_plainly) * 1000
    ratio = plain / ours
    print(line("may_we", ours=f"{ours:.0f}ms", peer=f"{plain:.0f}ms", ratio=ratio,
               about=f"{page.categories} open categories; processor time of a page; each category compiled and "
                     "asked by itself"))  # fmt: skip
    if ours > MOST_MS or ratio < RATIO_MIN:
        print(f"may_we: bound broken: {ours:.0f} ms, not {MOST_MS:.0f}; ratio {ratio:.1f}, not {RATIO_MIN}",
              file=sys.stderr)  # fmt: skip
        return 1
    return 0


def _seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def prepared(categories: int) -> Page:
    """Fill the database until so many categories are open."""
    work_as_program()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = datetime.now(UTC)
    load(now)
    copies = _copies()
    while offers_open(now).count() < categories:
        make.published_call(*next(copies))
    unit = _unit()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(make.holder(Role.APPLICANT, unit))
    return Page(client, unit, now, offers_open(now).count())


def _copies() -> Iterator[tuple[Association, Programme]]:
    """The five calls again and again, each by its own association, open for a long time."""
    number = 0
    while True:
        number += 1
        for name in shipped():
            owner = Association.objects.get(slug=name.partition("-")[0])
            yield owner, reopened(name, FAR, id=f"{name}-{number}")


def _unit() -> Organisation:
    """A society of the demonstration's first association, else a new one."""
    owner = Association.objects.select_related("organisation").get(slug="sanmenxia")
    known = (
        Organisation.objects.filter(kind="society", region=owner.organisation.region).order_by("name").first()
    )
    return known or make.organisation("三门峡市某学会", level="prefecture", region=owner.organisation.region)


def _paths(programme: Programme) -> Iterator[tuple[tuple[str, ...], str]]:
    def below(path: tuple[str, ...], categories: Any) -> Iterator[tuple[tuple[str, ...], str]]:
        for category in categories:
            yield (*path, category.id), category.id
            yield from below((*path, category.id), category.categories)

    return below((), programme.categories)
