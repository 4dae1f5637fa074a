"""What the demonstration has beside the five calls as they were: units that apply, and calls that are running.

The five calls are over since years. So each association publishes one again with all its days moved to the next time
they come round, and some units with people and registers are drawn round it: a unit that logs in sees what it may
apply for today, what not and why. The same seed and day give the same units (room ``season``).
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import structlog

from keqiao.core.programme import Programme
from keqiao.readers.programmes import demonstration
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.parties.queries import associations, local_day
from keqiao.web.portal.demonstration import NOTE, PASSWORD, SITES, Site
from keqiao.web.portal.demonstration_library import with_library
from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.programmes.queries import call_named, draft_of
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.drawing.endorsing import own_log_ins
from keqiao.web.season.numbers import mail_address
from keqiao.web.season.playing import play
from keqiao.web.season.vocabulary import grounds
from keqiao.web.season.world import Size

SIZE, SEED = Size(units=38, log_ins=1, applications=8), 7
"""How much each association gets, and the seed that draws it."""
OPEN_FOR = timedelta(days=30)
"""A running call takes applications at least so long after it is published."""
MARK = "（演示）"
YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")

log = structlog.get_logger("keqiao.demonstration")


def applicant_lines() -> Iterator[str]:
    """Give the lines for the terminal: which applicants log in with which address."""
    for site in SITES:
        yield f"  {mail_address(0, site.slug)}  {site.site_name}的申报单位"


def endorser_lines() -> Iterator[str]:
    """Give the lines for the terminal: who endorses, and which finance bureau agrees to a list."""
    for site in SITES:
        for mail, says in own_log_ins(site.slug):
            yield f"  {mail}  {site.site_name}的{says}"


def load_season(at: datetime) -> None:
    """Draw units round each association and publish a running call, where that is not done yet."""
    for site in SITES:
        association = associations().get(slug=site.slug)
        publish_running(site, association, at)
        world = draw_world(grounds()[site.slug], SIZE, day=local_day(at), seed=SEED)
        played = play(world, association, at=at, password=PASSWORD)
        log.info("season played", association=site.slug, made=sum(stage.made for stage in played))


def publish_running(site: Site, association: Any, at: datetime) -> None:
    """Publish the call of an association with its days moved ahead. Where that is done already, nothing happens."""
    programme = running(demonstration(site.call), local_day(at))
    call = call_named(programme.id)
    if call is not None and call.published_at is not None:
        return
    officer = user_with_mail(site.officer.mail)
    if call is None:
        linked = with_library(programme, association.pk, officer=officer, at=at)
        call = start_from_definition(association.pk, linked, actor=officer, at=at)
    draft = draft_of(call)
    if draft is not None:
        publish(call.pk, draft.version, actor=officer, at=at, note=NOTE)


def running(programme: Programme, day: date) -> Programme:
    """Return a call that is open on ``day``: all its days, and the years in its words, some years later.

    It opens on ``day``, if it says when it opens.
    """
    values = programme.model_dump()
    first_closing = min(_closings(values))
    years = 1
    while _later(first_closing, years) < day + OPEN_FOR:
        years += 1
    moved: dict[str, Any] = _opened(_moved(values, years), day)
    said = programme.id.rpartition("-")[0]
    year = first_closing.year + years
    return Programme.model_validate(
        {**moved, "id": f"{said}-{year}-running", "year": year, "title": moved["title"] + MARK}
    )


def _closings(value: Any) -> Iterator[date]:
    """The last days for applications, wherever in the tree they stand."""
    if isinstance(value, dict):
        last = value.get("deadline")
        if isinstance(last, dict) and isinstance(last.get("on"), date):
            yield last["on"]
        for each in value.values():
            yield from _closings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _closings(each)


def _moved(value: Any, years: int) -> Any:
    if isinstance(value, dict):
        return {name: _moved(each, years) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_moved(each, years) for each in value)
    if isinstance(value, date):
        return _later(value, years)
    if isinstance(value, str):
        return YEAR.sub(lambda found: str(int(found[0]) + years), value)
    return value


def _opened(value: Any, day: date) -> Any:
    if isinstance(value, dict):
        said = {name: _opened(each, day) for name, each in value.items()}
        return said | {"opens": {"on": day}} if said.get("opens") else said
    if isinstance(value, list | tuple):
        return type(value)(_opened(each, day) for each in value)
    return value


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)
