"""The acceptance of the grant in the world, with a paper and an entry about its unit; private words marked."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from keqiao.web.acceptance.actions import Prepared, open_for, prepare
from keqiao.web.acceptance.models import CreditEntry, OwedPaper
from keqiao.web.parties.queries import local_day


def fill(world: Any) -> None:
    """Put them into the world."""
    at = timezone.now()
    acceptance = open_for(world.objects["grant"], actor=world.officer, at=at)
    said = Prepared(None, f"{world.owned}困难", {"timeliness": f"{world.owned}原因"})
    prepare(acceptance.pk, said, actor=world.people["applicant"], at=at)
    shared = {"association": world.association, "acceptance": acceptance}
    paper = OwedPaper.objects.create(ordinal=9, name=f"{world.owned}报告", **shared)
    entry = CreditEntry.objects.create(
        party_id=acceptance.grant.unit_id,
        hit="unit",
        breach="failed",
        rule="r1",
        effect="ban",
        summary=f"{world.owned}禁报",
        since=local_day(at),
        answer_by=local_day(at) + timedelta(days=7),
        proposed_by=world.officer,
        proposed_at=at,
        **shared,
    )
    world.objects |= {"acceptance": acceptance.pk, "owed_paper": paper.pk, "credit_entry": entry.pk}
