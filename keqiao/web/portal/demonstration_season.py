"""What the demonstration has beside the five calls as they were: units that apply, and calls that are running.

The five calls are over since years. So each association publishes one again with all its days moved to the next time
they come round, and some units with people and registers are drawn round it: a unit that logs in sees what it may
apply for today, what not and why. The same seed and day give the same units (room ``season``).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import structlog

from keqiao.readers.programmes import demonstration
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.parties.queries import associations, local_day
from keqiao.web.portal.demonstration import NOTE, PASSWORD, SITES, Site
from keqiao.web.portal.demonstration_library import with_library
from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.programmes.queries import call_named, draft_of
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.drawing.endorsing import own_log_ins
from keqiao.web.season.next_year import running
from keqiao.web.season.numbers import mail_address
from keqiao.web.season.playing import play
from keqiao.web.season.vocabulary import grounds
from keqiao.web.season.world import Size

SIZE, SEED = Size(units=38, log_ins=1, applications=8), 7
"""How much each association gets, and the seed that draws it."""

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
