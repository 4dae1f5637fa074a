"""The call of Jining as if it were open, who applies, and what is typed."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone
from playwright.sync_api import Page

from keqiao.web.accounts.roles import Role
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Offer
from tests.web import make
from tests.web.reopened import reopened

REASON = "已与受理单位沟通，材料随后补充。"
COMPLETE = {
    "project": "科学下乡",
    "class": "A类",
    "unit": "云岫县科学技术协会",
    "address": "济宁市演示路1号",
    "head.name": "赵知行",
    "head.employer": "云岫县科学技术协会",
    "head.post": "主席",
    "head.phone": "13800000009",
    "head.email": "head@example.org",
    "contact.name": "孙砚秋",
    "contact.employer": "云岫县科学技术协会",
    "contact.post": "干事",
    "contact.phone": "13800000002",
    "contact.email": "contact@example.org",
    "conditions": "会员一百人，场所三百平方米。",
    "plan": "一月准备，三月实施，十一月总结，年底评估。",
    "effect": "活动24场次，受益4800人次。",
}
"""What the form of Jining asks, in its order."""


def jining() -> SimpleNamespace:
    """The association, its open call, a science association of a county, and who applies for it."""
    association = make.association("济宁市科学技术协会", slug="jining")
    until = local_day(timezone.now()) + timedelta(days=21)
    call = make.published_call(association, reopened("jining-2023", until))
    unit = make.organisation("云岫县科学技术协会", kind="association", level="county")
    offer = Offer.objects.get(call=call, node="a1")
    return SimpleNamespace(
        association=association, call=call, unit=unit, offer=offer, account=make.holder(Role.APPLICANT, unit)
    )


def type_into(page: Page, typed: dict[str, str]) -> None:
    """Type into the blanks of the form."""
    for blank, words in typed.items():
        place = page.locator(f'[name="f.{blank}"]').first
        if place.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f'[name="f.{blank}"][value="{words}"]').check()
        else:
            place.fill(words)


def sanmenxia() -> SimpleNamespace:
    """A call with targets, tables, a budget and papers, and a science association of a county."""
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    until = local_day(timezone.now()) + timedelta(days=21)
    call = make.published_call(association, reopened("sanmenxia-2023", until))
    unit = make.organisation("卢氏县科学技术协会", kind="association", level="county")
    offer = next(iter(Offer.objects.filter(call=call).order_by("position")))
    return SimpleNamespace(
        association=association, call=call, unit=unit, offer=offer, account=make.holder(Role.APPLICANT, unit)
    )
