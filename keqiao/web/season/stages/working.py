"""The stage of the work: units record what they do with evidence, the office verifies it; what targets come to is told.

What is recorded is drawn by what is asked of the project (``keqiao.web.season.drawing.facts``), and goes through the
form that people fill in. What happens to the money stands in ``keqiao.web.season.stages.spending``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from typing import Any
from uuid import uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from keqiao.core.targets import Progress, Record, Result
from keqiao.core.targets.records import Given
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.activities import actions
from keqiao.web.activities.actions import Begun, Content
from keqiao.web.activities.forms import RecordForm
from keqiao.web.activities.forms.records import VALUE
from keqiao.web.activities.papers import PURPOSE
from keqiao.web.activities.projects import Project as Recorded
from keqiao.web.activities.projects import project_with
from keqiao.web.activities.queries import records_of_project
from keqiao.web.activities.queries.facts import areas_round
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.indicators.projects import asked_of
from keqiao.web.indicators.queries import judgement_of, setting_of
from keqiao.web.parties.queries import local_day
from keqiao.web.season.drawing.facts import Asked, Places, draw_facts
from keqiao.web.season.stages.projects import Project, projects
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.stages.spending import spend
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Aim, World

GRANT = "grant"
PAPERS = {"activity": "picture.jpg", "document": "paper.pdf", "work": "film.mp4"}
"""The first record of these kinds has a file as its evidence; the others have links."""


def play_working(world: World, scene: Scene) -> Iterator[bool | str]:
    """Do what the projects come to, as far as the play has come."""
    if not world.applications or not scene.has_come(scene.moments.reported):
        return
    for project in projects(world, scene):
        yield from spend(project, scene.moments.working)
        yield from work(project, world)


def work(
    project: Project, world: World, aim: Aim | None = None, at: datetime | None = None
) -> Iterator[bool | str]:
    """Record what comes to ``aim`` and have it verified, at the end of the work where no other moment is named."""
    recorded = project_with(GRANT, project.grant.pk)
    if recorded is None or not recorded.is_open:
        return
    drawn = facts_of(project, world, aim or project.aim)
    at = at or project.done_at
    known = set(records_of_project(project.actor, recorded, at).values_list("title", flat=True))
    made: list[Any] = []
    for record in drawn:
        is_new = _title(record) not in known
        if is_new:
            has_file = record.kind not in {row.kind for row in made}
            made.append(_entered((project, recorded), record, has_file=has_file, at=at))
        yield is_new and "recorded"
    if made:
        yield from _verified(project, recorded, made, at)
        yield from _told(project)


def facts_of(project: Project, world: World, aim: Aim) -> tuple[Record, ...]:
    """Return the records that come to ``aim``."""
    at = project.done_at
    asked = asked_of(GRANT, project.grant.pk, at)
    if asked is None:
        raise LookupError(f"{project.grant.number}: nothing is asked of it")
    setting = setting_of(GRANT, project.grant.pk, asked.targets, asked.facts, at)
    places = _places(project, world)
    return draw_facts(Asked(asked.targets, setting, fact_words(), places, words("working")["most"]), aim)


def _places(project: Project, world: World) -> Places:
    """Where records may lie: the region of the unit first, then those below the association."""
    found = [project.grant.unit.region, *map(project.scene.region, world.ground.below)]
    return {each.code: areas_round(each) for each in found if each is not None} or {"": {}}


@transaction.atomic
def _entered(of: tuple[Project, Recorded], record: Record, *, has_file: bool, at: datetime) -> Any:
    """One record, reported at once."""
    project, recorded = of
    key = uuid5(project.grant.pk, record.id)
    paper = [_stored(project, record.kind, at)] if has_file and record.kind in PAPERS else []
    link = f"https://evidence{int(record.id) + 1}.example/"
    begun = Begun(files=paper, links=[] if paper else [link], report=True, key=key)
    return actions.enter(recorded, _content(project, record, at), begun, **project.by(at))


def _content(project: Project, record: Record, at: datetime) -> Content:
    """What its form says once it is filled in."""
    code = next((code for code in _smallest(record)), "")
    values = {VALUE + name: _written(value) for name, value in record.values.items()}
    data = {"title": _title(record), "start": str(record.start), "region": code, **values}
    form = RecordForm(data, kind=record.kind, today=local_day(at), language="zh", offered={})
    if not form.is_valid():
        raise ValueError(f"{project.grant.number}: {form.errors.as_json(escape_html=False)}")
    return form.content()


def _smallest(record: Record) -> Sequence[str]:
    return [
        record.areas[level] for level in ("township", "county", "city", "province") if level in record.areas
    ]


def _title(record: Record) -> str:
    said = record.words("kind") or record.words("role") or record.words("platform")
    what = said[0] if said else fact_words().kinds[record.kind].name["zh"]
    return f"{what[:60]}（第{int(record.id) + 1}条）"


def _written(value: Given) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, Fraction):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):.2f}"
    return str(value)


def _stored(project: Project, kind: str, at: datetime) -> Any:
    name = PAPERS[kind]
    content = files("keqiao.data").joinpath("season", name).read_bytes()
    announced = Announced(PURPOSE, name, len(content), project.grant.association_id)
    return store_upload(SimpleUploadedFile(name, content), announced, **project.by(at)).pk


def _verified(project: Project, recorded: Recorded, made: Sequence[Any], at: datetime) -> Iterator[str]:
    """One goes back and comes again, one that was entered twice does not count, the others are verified."""
    said = words("working")
    with transaction.atomic():
        actions.send_back([made[0].pk], said["send_back"], **project.office(at))
        actions.move(made[0].pk, "report", **project.by(at))
    yield "sent_back"
    first = made[-1]
    again = Content(first.kind, said["twice"], first.start, first.end, first.region_id, first.values)
    with transaction.atomic():
        begun = Begun(links=["https://evidence.example/"], report=True)
        twice = actions.enter(recorded, again, begun, **project.by(at))
        actions.disallow(twice.pk, said["disallow"], **project.office(at))
    yield "disallowed"
    actions.verify([row.pk for row in made], **project.office(at))
    yield "verified"


def _told(project: Project) -> Iterator[str]:
    """How far each target is, in a word; what was met by more is said so."""
    at = project.scene.moments.reported
    asked = asked_of(GRANT, project.grant.pk, at)
    if asked is not None:
        judged = judgement_of(GRANT, project.grant.pk, asked.targets, asked.facts, at)
        counted = Counter(_word(result) for result in judged.results)
        for word in sorted(counted):
            yield from [f"target_{word}"] * counted[word]


def _word(result: Result) -> str:
    if result.progress is not Progress.MET or result.value is None:
        narrow = result.progress is Progress.MISSED and result.value
        return "nearly" if narrow else result.progress.value
    is_more = result.threshold is not None and result.value > result.threshold
    return "exceeded" if is_more and result.target.comparator in (">=", ">", "==") else "met"
