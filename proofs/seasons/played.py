"""One process of ``season``: programmes played with odd signs in names, counted, verified, their mails looked at.

Prints one line of JSON: what each stage did and how rules answered, by programme; how many mails went; what is wrong.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db.models import Q
from django.test import override_settings

from keqiao.core.lifecycle.selection import DROPPABLE
from keqiao.readers.programmes import demonstration
from keqiao.web.allocation.models import Selection
from keqiao.web.applications.models import Application
from keqiao.web.audit.verification import checks
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.notifications import mail
from keqiao.web.parties.queries import local_day
from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.review.models import Task
from keqiao.web.scope import work_as_program
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.numbers import SEEDS, bureau_address, leader_address, objector_address
from keqiao.web.season.playing import Progress, play_scene
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Size, World
from proofs.seasons.expected import envelope, exercised, expected, rule_types
from proofs.seasons.rule_types import rule_answers
from tests.web.season import ground
from tests.web.season.mails import sent

WHOLE = 5
LARGE = Size(units=40, log_ins=1, applications=20, whole=True)
SMALL = Size(units=12, log_ins=1, applications=4, whole=True)
FEW = Size(units=4, log_ins=0, applications=2)
FIRST = ("hunan", "sanmenxia", "henan", "jining", "yinchuan")
NEXT_DAY = timedelta(days=1)
ODD_NAME = '王,"甲" <all@evil.example>\r\nBcc: all@evil.example'
ODD_TITLE = '"科学课", <all@evil.example>; 一'
SHORT_ODD_TITLE = '",<a@e.cn>'
"""Fits the forms of all calls: a title that a form cuts off is not found again by the stages that judge it."""
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""Nobody logs in here."""

OWNER = "wall.passed"
"""The throw-away server has one account, which owns the tables and passes the walls; `tests/web` runs behind them."""


def main(size: int, chance: int, fault: str) -> int:
    """Play ``size`` programmes; with a ``fault`` a few units of the first one, as far as the formal check."""
    work_as_program()
    draw_ring()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if fault in FAULTS:
        FAULTS[fault]()
    begun = time.monotonic()
    with override_settings(DEMONSTRATION=True, PASSWORD_HASHERS=[QUICK]):
        season = _Season(FEW if fault else LARGE if size >= WHOLE else SMALL, chance % SEEDS)
        for slug in FIRST[: 1 if fault else size]:
            season.play(slug)
    if not fault:
        season.faults += [
            f"verify: {name} {found}"
            for name, check in checks()
            for found in check().faults
            if found.code != OWNER
        ]
    seconds = time.monotonic() - begun
    said = {"counts": season.counts, "digests": season.digests, "mails": season.mails}
    print(json.dumps({**said, "faults": season.faults, "seconds": seconds}))
    return 0


@dataclass
class _Season:
    """What was played so far: counts and digest by programme, mails, and what is wrong."""

    size: Size
    seed: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    mails: int = 0

    def play(self, slug: str) -> None:
        """Play one programme and look at it."""
        stage = ground.stage(slug)
        world = planted(draw_world(stage.ground, self.size, day=local_day(stage.at), seed=self.seed))
        scene = Scene(stage.association, stage.at, "keqiao-season")
        scene.until = scene.moments.last if self.size.whole else stage.at
        played = play_scene(world, scene)
        self.counts[slug] = dict(_counted(played))
        if self.size.whole:
            self.counts[slug] |= sorted(rule_answers(world, scene).items())
            self._miss(slug, stage.association)
        self.digests[slug] = digest_of(stage.association)
        found = sent(stage.association, scene.until + NEXT_DAY, settings.DEFAULT_FROM_EMAIL, hidden(world))
        self.faults += [f"{slug}: {where}: {', '.join(wrong)}" for where, wrong in found.faults.items()]
        self.faults += [f"{slug}: {wrong}" for wrong in found.missing]
        self.mails += found.mails

    def _miss(self, slug: str, association: Any) -> None:
        """Whatever was to happen, and did not."""
        is_large, counts = self.size == LARGE, self.counts[slug]
        programme = demonstration(ground.CALLS[slug][0])
        never = sorted(each for each in expected(slug, is_large=is_large) if not counts.get(each))
        self.faults += [f"{slug}: never {each}" for each in never]
        if is_large:
            kinds = [kind for kind in rule_types(programme) if not exercised(kind, counts)]
            self.faults += [f"{slug}: no rule of type {kind}" for kind in kinds]
            self._fill(slug, association, *envelope(slug, programme))

    def _fill(self, slug: str, association: Any, node: str, places: int, fen: int) -> None:
        """All places of a category went to a project, and together they get no more than there is. Among them are one
        whose objection is still looked into and one that was awarded and given up.
        """
        if node:
            has_place = Q(state__in=DROPPABLE) | Q(application__grant__isnull=False)
            chosen = Selection.objects.filter(has_place, association=association)
            inside = [
                each
                for each in chosen.select_related("application")
                if node in ready_call(each.application.revision_id).path(each.application.node)
            ]
            given = len(inside), sum(each.amount_fen for each in inside)
            self.counts[slug] |= dict(zip((f"{node}: projects", f"{node}: fen"), given, strict=True))
            if given[0] != places or not 0 < given[1] <= fen:
                self.faults.append(f"{slug}: {node} {given}, not {places} projects within {fen} fen")


def digest_of(association: Any) -> str:
    """Return the digest of what became of every application and of every task of its review."""
    rows = Application.objects.filter(association=association)
    names = ("number", "title", "node", "state", "unit__name", "selection__state", "selection__amount_fen")
    tasks = Task.objects.filter(association=association).values_list(
        "application__number", "expert__person__name", "state"
    )
    # sorted here: each engine orders words and what is missing in a way of its own
    said = "\n".join(sorted(json.dumps(end) for end in (*rows.values_list(*names, "grant__state"), *tasks)))
    return hashlib.sha256(said.encode()).hexdigest()


def planted(world: World) -> World:
    """Return the world with odd signs in the name of each account and in every third title."""
    odd = tuple(
        replace(each, title=f"{each.title}{SHORT_ODD_TITLE if each.course else ODD_TITLE}")
        if place % 3 == 0
        else each
        for place, each in enumerate(world.applications)
    )
    log_ins = tuple(replace(each, name=f"{each.name}{ODD_NAME}") for each in world.log_ins)
    return replace(world, applications=odd, log_ins=log_ins)


def hidden(world: World) -> dict[str, str]:
    """Return what no mail tells but those to the addresses beside it: identity and mobile numbers of people; who acts
    for an office or an endorsing body, who judges, who objects. Whoever an officer invites or asks reads who it is.
    """
    numbers = {number: "" for each in world.people for number in (each.identity_number, each.phone) if number}
    acting = [each for each in world.log_ins if each.role != "applicant" and each.name not in _bodies(world)]
    slug = world.ground.slug
    names = {each.name.splitlines()[0]: each.mail for each in acting}
    asked = [leader_address(slug), bureau_address(slug), *(each.mail for each in world.experts)]
    names |= {
        each.name.splitlines()[0]: " ".join([each.mail, *asked]) for each in acting if each.role == "officer"
    }
    people = {each.key: each.name for each in world.people}
    names |= {people[each.person]: each.mail for each in world.experts}
    objectors = words("allocating")["objectors"]
    names |= {each["name"]: objector_address(outcome, slug) for outcome, each in objectors.items()}
    return numbers | names | {each["contact"]: "" for each in objectors.values()}


def _bodies(world: World) -> set[str]:
    return {f"{unit.name}{ODD_NAME}" for unit in world.everybody}


def _counted(played: list[Progress]) -> Iterator[tuple[str, int]]:
    """What was made by stage, and what was done there by the word for it."""
    for stage in played:
        yield stage.stage, stage.made
        yield from ((f"{stage.stage}.{act}", count) for act, count in stage.acts.items())


def _every_mail(change: Callable[[EmailMessage, Any], None]) -> Callable[[], None]:
    """Plant a fault: every mail goes changed."""

    def plant() -> None:
        by_right = mail.mail_from

        def changed(message: Any) -> EmailMessage:
            made = by_right(message)
            change(made, message)
            return made

        mail.mail_from = changed

    return plant


def _second(made: EmailMessage, _message: Any) -> None:
    made.cc = ["all@evil.example"]


def _header(made: EmailMessage, _message: Any) -> None:
    made.extra_headers["X-Told"] = "all"


def _name(made: EmailMessage, _message: Any) -> None:
    made.body = f"{made.body}\n受理人员（演示）{ODD_NAME}"


FAULTS: Mapping[str, Callable[[], None]] = {
    "second-recipient": _every_mail(_second),
    "slipped-in-header": _every_mail(_header),
    "told-name": _every_mail(_name),
}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
