"""What the demonstration has beside the five calls as they were: units that apply, and calls that are running.

The five calls are over since years. So each association publishes one again with all its days moved to the next time
they come round, and some units with people and registers are drawn round it: a unit that logs in sees what it may
apply for today, what not and why. The same seed and day give the same units (room ``season``).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from keqiao.core.programme import Programme
from keqiao.readers.programmes import demonstration
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.accounts.roles import Role
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.parties.queries import associations, local_day
from keqiao.web.portal.demonstration import NOTE, PASSWORD, SITES, Site
from keqiao.web.portal.demonstration_library import with_library
from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.programmes.queries import call_named, draft_of
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.drawing.endorsing import own_log_ins
from keqiao.web.season.drawing.timetable import draw_timetable
from keqiao.web.season.moved_calls import days_of, last_closing, moved, running
from keqiao.web.season.numbers import mail_address, officer_address
from keqiao.web.season.playing import play, play_scene
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import grounds
from keqiao.web.season.world import Size, World

FINISHED = next(site for site in SITES if site.slug == "sanmenxia")
LASTS, BEFORE_CLOSING = timedelta(days=400), timedelta(days=20)
"""A season is over so long after the last day for applications; it is played from so long before that day."""
SIZE, SEED = Size(units=38, log_ins=1, applications=8), 7
"""How much each association gets, and the seed that draws it."""
OVER = replace(SIZE, whole=True)
"""How much was played of the season that is over."""

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
    """Draw units round each association and publish a running call, where that is not done yet.

    Of one association a call of before is played to its end first.
    """
    load_finished(at)
    for site in SITES:
        association = associations().get(slug=site.slug)
        publish_running(site, association, at)
        world = draw_world(grounds()[site.slug], SIZE, day=local_day(at), seed=SEED)
        played = play(world, association, at=at, password=PASSWORD)
        log.info("season played", association=site.slug, made=sum(stage.made for stage in played))


def begun(at: datetime) -> datetime:
    """Return the moment at which the season that is over ``at`` began: the demonstration is as old as that."""
    call = demonstration(FINISHED.call)
    closing = last_closing(call)
    years = (local_day(at) - LASTS).year - closing.year
    if closing.replace(year=closing.year + years) > local_day(at) - LASTS:
        years -= 1
    day = closing.replace(year=closing.year + years) - BEFORE_CLOSING
    return at - timedelta(days=(local_day(at) - day).days)


def load_finished(at: datetime) -> None:
    """Play a season of before to its end, where it is not done yet.

    A demonstration that is younger than that season stays as it is.
    """
    since = begun(at)
    association: Any = associations().get(slug=FINISHED.slug)
    officer = user_with_mail(FINISHED.officer.mail)
    if officer is None or association.organisation_id not in officer.organisations_as(Role.OFFICER, since):
        log.info("no finished season: the demonstration is younger", association=FINISHED.slug)
        return
    programme = _of_before(since)
    _publish(programme, association, since)
    moments = draw_timetable(since, days_of(programme), calendar_for(association.pk))
    scene = Scene(association, since, PASSWORD, until=at, timetable=moments)
    stages = play_scene(world_of_before(since), scene)
    log.info("season over", association=FINISHED.slug, made=sum(stage.made for stage in stages))


def _of_before(since: datetime) -> Programme:
    shipped, day = demonstration(FINISHED.call), local_day(since)
    return moved(shipped, day.year - last_closing(shipped).year, day)


def world_of_before(since: datetime) -> World:
    """Return the world of the season that is over: the same units as now, with applications of their own."""
    day = local_day(since)
    drawn = draw_world(grounds()[FINISHED.slug], OVER, day=day, seed=SEED)
    titled = tuple(replace(each, title=f"{each.title}（{day.year}年）") for each in drawn.applications)
    return replace(drawn, applications=titled)


def publish_running(site: Site, association: Any, at: datetime) -> None:
    """Publish the call of an association with its days moved ahead. Where that is done already, nothing happens."""
    _publish(running(demonstration(site.call), local_day(at)), association, at)


def _publish(programme: Programme, association: Any, at: datetime) -> None:
    call = call_named(programme.id)
    if call is not None and call.published_at is not None:
        return
    officer: Any = user_with_mail(officer_address(association.slug))
    if call is None:
        linked = with_library(programme, association.pk, officer=officer, at=at)
        call = start_from_definition(association.pk, linked, actor=officer, at=at)
    draft = draft_of(call)
    if draft is not None:
        publish(call.pk, draft.version, actor=officer, at=at, note=NOTE)
