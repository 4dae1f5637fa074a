"""What the journeys of endorsing share: the chains as calls state them, applications on their way, single acts."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.core.programme.types import Category, Programme
from keqiao.readers.programmes import demonstration
from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Application
from keqiao.web.endorsement.models import Passage
from keqiao.web.parties.models import Organisation
from keqiao.web.programmes.models import Call
from tests.web import make
from tests.web.applications import makers

TITLES = (
    "流动科技馆进乡镇",
    "“科普大篷车”走进山区小学",
    "食用菌种植技术科普讲堂",
    "仰韶文化与古代科技展",
    "青少年航模科普活动",
    "家门口的健康课",
)


def chains_of(call: str, holder: str) -> list[dict[str, Any]]:
    """The chains that a call, or one of its categories, states."""
    programme = demonstration(call)
    node = next(each for each in _nodes(programme) if each.id == holder)
    return [chain.model_dump(mode="json", exclude_none=True) for chain in node.endorsement]


def _nodes(node: Programme | Category) -> Iterator[Programme | Category]:
    yield node
    for category in node.categories:
        yield from _nodes(category)


def submitted(call: Call, unit: Organisation, title: str) -> Application:
    """An application of a unit, submitted now."""
    now, account = timezone.now(), makers.applicant(unit)
    begun = actions.start(makers.offer(call).pk, unit.pk, actor=account, at=now)
    edit = actions.Edit(begun.pk, 1, {**makers.ANSWERS, "project": title})
    actions.save(edit, actor=account, at=now)
    actions.submit(begun.pk, actions.Sent(queries.new_key(begun), account, now, now))
    return Application.objects.select_related("created_by", "unit").get(pk=begun.pk)


def open_call(association: Any, chains: list[dict[str, Any]], region: str) -> Call:
    """A call of the association with these chains, open until long after today."""
    stated = makers.definition(
        endorsement=chains,
        applicants={"kinds": ["单位"]},
        region=region,
        deadline={"on": make.LATER.isoformat()},
    )
    return make.published_call(association, stated)


def states() -> dict[str, str]:
    """How each application stands on its way, by title."""
    return dict(Passage.objects.values_list("application__title", "state"))


def open_queue(page: Page, category: str) -> None:
    """From the navigation to the queue."""
    page.goto("/endorsing/")
    page.get_by_role("link", name=category).click()
    expect(page.locator("#lines")).to_be_visible()


def tick(page: Page, *titles: str) -> None:
    """Tick these lines."""
    for title in titles:
        page.get_by_role("checkbox", name=f"选择 {title}", exact=True).check()


def order(page: Page) -> list[str]:
    """The titles of the lines from the top down."""
    return page.locator("tr[data-line]").evaluate_all("all => all.map((line) => line.dataset.name)")
