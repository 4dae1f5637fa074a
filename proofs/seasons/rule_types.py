"""How often rules of each type were asked in a season, by verdict: on first screens, and of what was submitted."""

from collections import Counter
from typing import Any

from keqiao.web.applications.judging import judged_as_submitted
from keqiao.web.applications.models import Submission
from keqiao.web.eligibility.queries import answer_for, offer_open, offers_open
from keqiao.web.parties.queries import local_day
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.world import World


def rule_answers(world: World, scene: Scene) -> Counter[str]:
    """Count the answers that rules gave: about each unit in every category, about each application once it came."""
    found: Counter[str] = Counter()
    first = offer_open(_first_offer(scene), scene.at)
    for unit in world.everybody:
        case = answer_for(scene.parties[unit.key].pk, first, scene.at).case
        for answer in first.call.rules.answers(case):
            found.update(map(_name, answer.judged))
    rows = Submission.objects.filter(application__association=scene.association)
    for submission in rows.select_related("application").order_by("pk"):
        found.update(map(_name, judged_as_submitted(submission, local_day(scene.at))))
    return found


def _first_offer(scene: Scene) -> int:
    rows = offers_open(scene.at).filter(call__association=scene.association)
    pk: int = rows.order_by("pk").values_list("pk", flat=True)[0]
    return pk


def _name(one: Any) -> str:
    return f"rule {one.type}: {one.verdict.value}"
