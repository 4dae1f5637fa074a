"""One process of ``papers_of_rooms``: calls are played to their end, and every paper is fetched from its address.

Drawn societies with odd signs in names and titles go the whole way of ``proofs.seasons``; then nobody, the officer and
the applicants fetch what the rooms have for them. Each paper is kept in a folder, with what must stand in it in
``papers.json``.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from keqiao.web.acceptance.models import Acceptance
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.endorsement.models import Batch, BatchLine
from keqiao.web.endorsement.own_summaries import own_summaries
from keqiao.web.grants.change_paper import SHOWN
from keqiao.web.grants.models import ChangeRequest, Grant, Settlement
from keqiao.web.parties.queries import local_day
from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.public_notice.actions import objecting
from keqiao.web.public_notice.models import Award, Notice, Objection, ResultLetter
from keqiao.web.public_notice.private_links import key_of
from keqiao.web.scope import work_as_program
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.numbers import SEEDS
from keqiao.web.season.playing import play_scene
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.world import Size
from keqiao.writers.letters.listing import in_wan
from proofs.seasons.played import FIRST, QUICK, planted
from tests.web.season import ground

FEW, MANY = Size(units=12, log_ins=1, applications=4, whole=True), Size(16, 1, 12, whole=True)
OFFICIAL, ACROSS = ("docx", "pdf"), ("xlsx", "docx", "pdf")


@dataclass(frozen=True)
class Paper:
    """A paper at its address, who fetches it in which forms, and what must stand in it."""

    who: Client
    route: str
    key: Any
    words: tuple[str, ...]
    forms: tuple[str, ...] = OFFICIAL


def main(folder: Path, calls: int, most: int, seed: int) -> int:
    """Play some calls and keep their papers, of each call ``most`` of a kind; 0: all."""
    work_as_program()
    draw_ring()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    given = {"DEMONSTRATION": True, "PASSWORD_HASHERS": [QUICK], "ALLOWED_HOSTS": ["*"]}
    kept = list[dict[str, Any]]()
    with override_settings(**given, SECOND_FACTOR_ROLES=()):
        for slug in FIRST[:calls]:
            secrets = remembering()
            scene = played(slug, FEW if most else MANY, seed)
            for paper in papers_of(scene, secrets, most):
                kept += fetched(paper, slug, folder, len(kept))
    (folder / "papers.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    return 0


def remembering() -> dict[str, str]:
    """Remember the secrets of private links from now on, as those who object do: the table keeps their digests only."""
    kept: dict[str, str] = {}
    room: Any = objecting
    by_right = room.new_secret

    def new_secret() -> str:
        secret: str = by_right()
        kept[key_of(secret)] = secret
        return secret

    room.new_secret = new_secret
    return kept


def played(slug: str, size: Size, seed: int) -> Scene:
    """A call, played to its end."""
    stage = ground.stage(slug)
    world = planted(draw_world(stage.ground, size, day=local_day(stage.at), seed=seed % SEEDS))
    scene = Scene(stage.association, stage.at, "keqiao-season")
    scene.until = scene.moments.last
    play_scene(world, scene)
    return scene


def papers_of(scene: Scene, secrets: dict[str, str], most: int) -> Iterator[Paper]:
    """The papers of a played call, of each kind ``most``; 0: all."""
    so_far: Counter[str] = Counter()
    for rooms in (noticed(scene, secrets), awarded(scene), carried_out(scene), across(scene)):
        for paper in rooms:
            so_far[paper.route] += 1
            if not most or so_far[paper.route] <= most:
                yield paper


def noticed(scene: Scene, secrets: dict[str, str]) -> Iterator[Paper]:
    """Public notices, statements on their end, answers to those who objected: for everybody, and by a private link."""
    nobody, of = Client(), {"association": scene.association}
    notice: Any
    for notice in Notice.objects.filter(**of, posted_at__isnull=False).order_by("posted_at", "pk"):
        said = [each.listed for each in notice.items.all()]
        listed = tuple(each[name] for each in said for name in ("title", "unit"))
        yield Paper(nobody, "portal:public_notice_paper", notice.pk, listed)
        if notice.closing:
            yield Paper(nobody, "portal:public_statement", notice.pk, (str(notice.closing["received"]),))
    decided = Objection.objects.filter(**of, decided_at__isnull=False).exclude(answer="")
    for each in decided.select_related("item__selection__application").order_by("received_at", "pk"):
        words = (each.item.selection.application.title, each.answer)
        yield Paper(nobody, "public_notice:answer", secrets[each.key], words)


def awarded(scene: Scene) -> Iterator[Paper]:
    """The award with its list, and a letter to everybody."""
    nobody, officer, of = Client(), signed_in(scene.officer), {"association": scene.association}
    award: Any
    for award in Award.objects.filter(**of, issued_at__isnull=False).order_by("issued_at", "pk"):
        rows = award.items.select_related("selection")
        sums = [in_wan(each.selection.amount_fen) for each in rows if each.selection.amount_fen]
        listed = [each.listed["title"] for each in rows]
        yield Paper(nobody, "portal:public_award_paper", award.pk, (*listed, *sums))
    letters = ResultLetter.objects.filter(**of).select_related("application__unit")
    for each in letters.order_by("-is_selected", "application__number"):
        words = (each.application.title, each.application.unit.name, each.reason, *each.comments)
        yield Paper(officer, "public_notice:letter", each.pk, words)


def carried_out(scene: Scene) -> Iterator[Paper]:
    """What the office and a unit sign with each other, what of it is to be changed, the answers, and how it ended."""
    officer = signed_in(scene.officer)
    for each in (
        Grant.objects.filter(association=scene.association).exclude(sent_digest="").order_by("number")
    ):
        words = (each.number, each.title, each.unit.name, *(line["key"] for line in each.lines))
        yield Paper(officer, "grants:agreement_file", each.pk, words)

    changes = ChangeRequest.objects.filter(grant__association=scene.association, state__in=SHOWN)
    for change in changes.select_related("grant__unit").order_by("grant__number", "ordinal"):
        words = (change.grant.number, change.grant.unit.name, change.words, change.answer)
        yield Paper(officer, "grants:change_paper", change.pk, words)
    concluded = Acceptance.objects.filter(association=scene.association, concluded_at__isnull=False)
    for row in concluded.select_related("grant__unit").order_by("grant__number"):
        words = (row.grant.number, row.grant.title, row.grant.unit.name, row.words)
        yield Paper(officer, "acceptance:conclusion_file", row.pk, words)


def across(scene: Scene) -> Iterator[Paper]:
    """Tables: of those who recommend, of units that file theirs themselves, of what projects have reached."""
    officer, body = signed_in(scene.officer), scene.association
    applicants = Application.objects.filter(association=body)
    for batch in Batch.objects.filter(association=body).order_by("made_at", "pk"):
        lines = BatchLine.objects.filter(batch=batch).select_related("passage__application")
        words = tuple(each.passage.application.title for each in lines)
        yield Paper(officer, "endorsement:batch_summary", batch.pk, words, ACROSS)
    viewer: Any
    for viewer in User.objects.filter(pk__in=applicants.values("created_by")).order_by("email"):
        for own in own_summaries(viewer, scene.at):
            yield Paper(signed_in(viewer), "endorsement:own_summary", own.pk, (own.title, own.unit), ACROSS)
    settled = Settlement.objects.filter(grant__association=body).select_related("grant__unit")
    for row in settled.order_by("grant__number"):
        words = (row.grant.number, row.grant.title, row.grant.unit.name, *(x["key"] for x in row.grant.lines))
        yield Paper(officer, "grants:settlement_file", row.pk, words, ACROSS)
    for each in Acceptance.objects.filter(association=body).select_related("grant").order_by("grant__number"):
        words = (each.grant.number, each.grant.title, each.grant.unit.name)
        yield Paper(officer, "acceptance:table", each.pk, words, ("xlsx", "docx"))


def signed_in(account: Any) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(account)
    return client


def fetched(paper: Paper, slug: str, folder: Path, number: int) -> Iterator[dict[str, Any]]:
    """Keep a paper in each of its forms."""
    for place, form in enumerate(paper.forms, start=number):
        answer = paper.who.get(reverse(paper.route, args=[paper.key, form]))
        if answer.status_code != HTTPStatus.OK:
            raise LookupError(f"{slug}: {paper.route} {paper.key}.{form}: {answer.status_code}")
        kind = paper.route.partition(":")[2]
        path = f"{place:03}-{slug}-{kind}.{form}"
        (folder / path).write_bytes(answer.content)
        said = {"path": path, "call": slug, "kind": kind, "form": form, "words": paper.words}
        yield said | {"across": "xlsx" in paper.forms}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:5])))
