"""What the journeys from the endorsed application to the closed project share: people, the clock, what is filed."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from keqiao.core.forms.specification import specification_for
from keqiao.core.rules.formal_check import Said
from keqiao.web.accounts.roles import Role
from keqiao.web.applications import actions as applying
from keqiao.web.applications import queries as applications
from keqiao.web.applications.models import Application
from keqiao.web.applications.stating import TITLES
from keqiao.web.approvals.models import Approval
from keqiao.web.eligibility.queries import offer_open
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Offer
from keqiao.web.review import actions as review
from keqiao.web.review import queries as checks
from keqiao.web.season.answering import Cast, answers_for
from keqiao.web.season.stages.filling import with_files
from tests.journeys.accessibility import expect_accessible
from tests.journeys.clock import Clock
from tests.journeys.pictures import DESKTOP, PHONE
from tests.journeys.visitors import PATIENCE_MS
from tests.web import make
from tests.web.applications import makers
from tests.web.reopened import reopened
from tests.web.season import ground

ONE_LINE = 32
"""The height in pixels up to which a mark is one line."""
LEADER = {"name": "李明", "birth_date": "1975-03-02", "phone": "13800000000", "post": "秘书长"}


def open_call(slug: str, until: str) -> Any:
    """The shipped call of an association's demonstration, published, open until a day."""
    body = ground.association(slug)
    return make.published_call(body, reopened(ground.CALLS[slug][0], date.fromisoformat(until)))


@dataclass(frozen=True, slots=True)
class Filing:
    """Who files what: the name of the unit, of which level, the category, the title."""

    unit: str
    node: str
    title: str
    level: str = "prefecture"


def filed(call: Any, slug: str, filing: Filing, at: datetime) -> Application:
    """A complete application of a society, submitted."""
    region = call.association.organisation.region
    unit = make.organisation(filing.unit, kind="society", level=filing.level, region=region)
    account = makers.applicant(unit)
    offer = offer_open(Offer.objects.get(call=call, node=filing.node).pk, at)
    specification = specification_for(offer.call.programme, offer.path)
    cast = Cast({"id": str(unit.pk), "name": unit.name}, LEADER, filing.title, local_day(at))
    shipped, day = ground.CALLS[slug]
    answers = answers_for(specification, shipped, local_day(at).year - day.year, cast, TITLES)
    begun = applying.start(offer.offer.pk, unit.pk, actor=account, at=at)
    made = SimpleNamespace(specification=specification, answers=answers)
    edit = applying.Edit(begun.pk, 1, with_files(made, begun, actor=account, at=at))
    applying.save(edit, actor=account, at=at)
    applying.submit(begun.pk, applying.Sent(applications.new_key(begun), account, at, at))
    return Application.objects.select_related("created_by", "unit").get(pk=begun.pk)


def passed(application: Application, officer: Any, at: datetime) -> None:
    """The formal check of an application, passed by an officer."""
    check = review.begin(application.pk, actor=officer, at=at)
    points = [seen.point for seen in checks.looked_at(check, at).points]
    said = [review.Answered(point.key, Said.MEETS) for point in points]
    review.answer(check.pk, check.digest, said, actor=officer, at=at)
    review.pass_check(check.pk, check.digest, actor=officer, at=at)


class Chain:
    """The browser, the clock, the call, and everybody of the office who acts in it."""

    looked_at: ClassVar[set[tuple[str, ...]]] = set()

    def __init__(self, page: Page, clock: Clock, call: Any) -> None:
        body = call.association.organisation
        self.page, self.clock, self.call = page, clock, call
        self.officer, self.second = make.officer(call.association), make.officer(call.association)
        self.leader, self.finance = make.holder(Role.LEADER, body), make.holder(Role.FINANCE, body)
        page.goto("/account/login/")
        self.address = page.url

    def enter(self, who: Any, address: str) -> None:
        """Somebody is logged in and opens a page, which anybody can read. Other journeys type the password."""
        client = Client()
        client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        self.open(address)

    def open(self, address: str) -> None:
        """Open a page, which anybody can read."""
        self.page.goto(address)
        self.can_be_read()

    def can_be_read(self) -> None:
        """Anybody can read this page; in all journeys once for the same buttons."""
        buttons = self.page.get_by_role("button").all_inner_texts()
        kind = re.sub(r"[0-9a-f-]{36}|[0-9]+", "#", urlsplit(self.page.url).path), *sorted(set(buttons))
        if kind not in self.looked_at:
            expect_accessible(self.page)
            self.looked_at.add(kind)

    def press(self, button: str, told: str = "") -> None:
        """Press a button; what the page says then."""
        self.page.get_by_role("button", name=button, exact=True).first.click()
        if told:
            self.hears(told)

    def hears(self, told: str) -> None:
        """The page says this."""
        expect(self.page.get_by_text(told).first).to_be_visible(timeout=PATIENCE_MS)

    def agree(self, who: Any) -> None:
        """Another person finds among what waits what was asked for, and agrees."""
        waiting = Approval.objects.get(state="proposed")
        self.enter(who, "/approvals/")
        self.page.get_by_role("link", name=waiting.title).click()
        expect(self.page.get_by_role("button", name="批准并执行", exact=True)).to_be_visible(
            timeout=PATIENCE_MS
        )
        self.can_be_read()
        self.press("批准并执行", "已批准")
        waiting.refresh_from_db()
        assert waiting.state == "approved"

    def fits_a_phone(self) -> None:
        """The page is no wider than a phone, and marks in its rows stand on one line."""
        self.page.set_viewport_size(PHONE)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], self.page.url
        marks = self.page.locator(".kq-table--stack .kq-chip")
        heights = marks.evaluate_all("found => found.map((each) => each.offsetHeight)")
        assert max(heights, default=0) <= ONE_LINE, self.page.url
        self.page.set_viewport_size(DESKTOP)
