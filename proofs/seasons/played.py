"""One process of ``season``: programmes played with odd signs in names, counted, verified, their mails looked at.

Prints one line of JSON: what each stage did, by programme; how many mails went; what is wrong.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import override_settings

from keqiao.web.audit.verification import checks
from keqiao.web.notifications import mail
from keqiao.web.parties.queries import local_day
from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.scope import work_as_program
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.numbers import SEEDS, bureau_address, leader_address, objector_address
from keqiao.web.season.playing import Progress, play
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Ending, Size, World
from tests.web.season import ground
from tests.web.season.mails import sent

WHOLE = 5
LARGE = Size(units=40, log_ins=1, applications=20, whole=True)
SMALL = Size(units=12, log_ins=1, applications=4, whole=True)
FIRST = ("hunan", "sanmenxia", "henan", "jining", "yinchuan")
NEXT_DAY = timedelta(days=1)
ODD_NAME = '王,"甲" <all@evil.example>\r\nBcc: all@evil.example'
ODD_TITLE = '"科学课", <all@evil.example>; 一'
SHORT_ODD_TITLE = '",<a@e.cn>'
"""Fits the forms of all calls: a title that a form cuts off is not found again by the stages that judge it."""
LATER = {"tied", "opened", "declined", "sealed", "replaced", "late", "closed"}
"""Stage reviewing; then deciding, noticing and agreeing."""
LATER |= {"begun", "found_out", "departed", "approved"}
LATER |= {"posted", "upheld", "rejected", "open", "ended", "concluded", "substituted", "awarded"}
LATER |= {"signed", "paid"}
HERE = {
    "henan": {"fraud"},
    "hunan": {"vetoed", "second_key"},
    "jining": {"fraud"},
    "sanmenxia": {"vetoed", "joined"},
    "yinchuan": set[str](),
}
"""What only some calls have: a question of integrity, a veto, a second key, topics that are joined."""
STAYS = {Ending.OPEN.value}
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""Nobody logs in here."""

WORKED = {
    *("recorded", "sent_back", "disallowed", "verified", "target_met", "target_missed", "target_exceeded"),
    *("opened", "handed_in", "put_right_until", "passed", "failed", "closed", "refuses_applicants"),
}
"""What the projects of every programme come to, and the first screens of the next call."""
FOLLOWS = {
    "hunan": {"found_fraud", "told_unit", "answered", "recorded_ban", "appeal_refused", "unit_debarment"},
    "jining": {"found_below_standard", "told_unit", "answered", "recorded_revoke"},
    "sanmenxia": {
        "told_unit",
        "told_leader",
        "answered",
        "recorded_ban",
        "unit_debarment",
        "leader_debarment",
    },
    "henan": {"nothing_follows"},
    "yinchuan": {"nothing_follows"},
}
"""What the calls say follows a failure or a breach, and whom it bars next year."""
OWNER = "wall.passed"
"""The throw-away server has one account, which owns the tables and passes the walls; `tests/web` runs behind them."""


def main(size: int, chance: int, fault: str) -> int:
    """Play ``size`` programmes."""
    work_as_program()
    draw_ring()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if fault in FAULTS:
        FAULTS[fault]()
    begun = time.monotonic()
    with override_settings(DEMONSTRATION=True, PASSWORD_HASHERS=[QUICK]):
        counts, faults, mails = _played(size, chance % SEEDS)
    faults += [
        f"verify: {name} {found}"
        for name, check in checks()
        for found in check().faults
        if found.code != OWNER
    ]
    seconds = time.monotonic() - begun
    print(json.dumps({"counts": counts, "mails": mails, "faults": faults, "seconds": seconds}))
    return 0


def _played(size: int, seed: int) -> tuple[dict[str, dict[str, int]], list[str], int]:
    counts: dict[str, dict[str, int]] = {}
    faults, mails = [], 0
    for slug in FIRST[:size]:
        stage = ground.stage(slug)
        wanted = LARGE if size >= WHOLE else SMALL
        world = planted(draw_world(stage.ground, wanted, day=local_day(stage.at), seed=seed))
        until = Scene(stage.association, stage.at).moments.last
        played = play(world, stage.association, at=stage.at, password="keqiao-season", until=until)
        counts[slug] = dict(_counted(played))
        faults += [f"{slug}: never {act}" for act in sorted(expected(slug, size) - set(counts[slug]))]
        found = sent(stage.association, until + NEXT_DAY, settings.DEFAULT_FROM_EMAIL, hidden(world))
        faults += [f"{slug}: {where}: {', '.join(wrong)}" for where, wrong in found.faults.items()]
        faults += [f"{slug}: {wrong}" for wrong in found.missing]
        mails += found.mails
    return counts, faults, mails


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


def expected(slug: str, size: int) -> set[str]:
    """Return the acts that are drawn for a programme; few applications have few fates when checked."""
    said = words("endorsing")[slug]
    fates = (
        {fate for row in said["applications"] for fate in row["fates"]} - {"left"}
        if said["queues"]
        else set()
    )
    endings = {row["ending"] for row in said["queues"]} - STAYS
    checked = {"passed", "refused", "left"} | ({"irrelevant", "returned"} if size >= WHOLE else set())
    worked = WORKED | FOLLOWS[slug] if size >= WHOLE else set()
    return fates | endings | checked | LATER | HERE[slug] | worked


def _counted(played: list[Progress]) -> Iterator[tuple[str, int]]:
    """What was made by stage, and what was done by the word for it."""
    for stage in played:
        yield stage.stage, stage.made
        yield from stage.acts.items()


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
