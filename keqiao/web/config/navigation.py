"""The places of the back office, by work and not by table, in the order people do it.

A place shows only if its page exists and its viewer may open it and takes part there; a new room adds its line here:
待办 · 审批 · 通知与项目 · 申报 · 规章库 · 工作日历 · 推荐 · 评审 · 公示与立项 · 实施 · 验收与诚信 · 登记与名录 ·
单位与人员 · 统计.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from keqiao.web.access import Opening, may_open, opening_of
from keqiao.web.accounts.roles import GUARDS
from keqiao.web.approvals.permissions import takes_part
from keqiao.web.parties.permissions import OF_UNITS, SEE_ALL_ORGANISATIONS
from keqiao.web.review.queries import takes_part as takes_part_in_review


def guards_installation(viewer: Any, at: datetime) -> bool:
    """Is the viewer an administrator of a real installation? Officers reach the first steps from their desk."""
    return not settings.DEMONSTRATION and not GUARDS.isdisjoint(viewer.roles_at(at))


def works_for_units_only(viewer: Any, at: datetime) -> bool:
    """Does the viewer work for units and for no association? Others reach people from the list of units."""
    roles = viewer.roles_at(at)
    return not roles.isdisjoint(OF_UNITS) and roles.isdisjoint(SEE_ALL_ORGANISATIONS)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: its words, the name of its page, its icon.

    ``concerns`` tells for whom there can be something on a page that opens to more people; None: for all of them.
    """

    label: str
    page: str
    icon: str
    concerns: Callable[[Any, datetime], bool] | None = None
    beside: tuple[str, ...] = ()
    """Beginnings of other addresses where this place is the current one."""


PLACES = (
    Place(_("待办"), "portal:desk", "checklist"),
    Place(_("审批"), "approvals:waiting", "list-check", takes_part),
    Place(_("通知与项目"), "programmes:desk", "file-description"),
    Place(_("申报资格"), "eligibility:home", "circle-check", beside=("/desk/may-they/", "/registers/of/")),
    Place(_("我的申报"), "applications:own", "file-text"),
    Place(_("推荐"), "endorsement:queues", "list-check"),
    Place(_("收到的申报"), "applications:received", "file-text"),
    Place(_("报送情况"), "endorsement:calls", "list-check"),
    Place(_("形式审查"), "review:calls", "list-check"),
    Place(_("专家评审"), "review:rounds", "users"),
    Place(_("我的评审"), "review:tasks", "list-check", takes_part_in_review),
    Place(_("专家库"), "review:experts", "users"),
    Place(_("我的回避关系"), "review:own_relations", "shield-check"),
    Place(_("遴选"), "allocation:calls", "list-check"),
    Place(_("公示与立项"), "public_notice:home", "file-text", beside=("/desk/objections/", "/desk/awards/")),
    Place(_("立项与拨款"), "grants:calls", "list-check"),
    Place(_("承担的项目"), "grants:own", "file-text", beside=("/grants/",)),
    Place(_("结项验收"), "acceptance:calls", "list-check", beside=("/desk/credit/",)),
    Place(_("结项"), "acceptance:own", "circle-check"),
    Place(_("邮件报送"), "filing:mails", "mail", beside=("/desk/filing/mailboxes/",)),
    Place(_("收件台账"), "filing:papers", "list-check"),
    Place(_("盖章页识别"), "filing:bring", "file-upload"),
    Place(_("规章库"), "regulations:library", "books"),
    Place(_("工作日历"), "calendars:home", "calendar"),
    Place(_("单位注册"), "accounts:registrations", "file-text"),
    Place(_("待核实的活动登记"), "activities:queue", "list-check", beside=("/desk/targets/",)),
    Place(_("登记与名录"), "registers:home", "history"),
    Place(
        _("单位与人员"),
        "parties:list",
        "building-community",
        beside=("/people/", "/regions/", "/duplicates/"),
    ),
    Place(_("本单位人员"), "parties:people", "users", works_for_units_only),
    Place(_("单位账号"), "accounts:units", "users"),
    Place(_("账号与角色"), "accounts:accounts", "shield-check"),
    Place(_("导入表格"), "imports:home", "file-upload"),
    Place(_("发件箱"), "notifications:outbox", "bell"),
    Place(_("个人信息请求"), "privacy:requests", "help-circle"),
    Place(_("敏感信息查看记录"), "privacy:reveals", "eye"),
    Place(_("本系统的科协"), "associations", "building-community"),
    Place(_("开始使用"), "first_steps", "settings", guards_installation),
)


@dataclass(frozen=True, slots=True)
class Door:
    """A place as one viewer sees it."""

    label: str
    address: str
    icon: str
    is_current: bool


def doors_for(request: HttpRequest) -> list[Door]:
    """Return the places that exist and that the viewer may open; the longest fitting address is current."""
    open_places = [
        (place, address)
        for place, address, opening in _places()
        if may_open(request, opening) and _concerns(place, request)
    ]
    fitting = [address for place, address in open_places if request.path.startswith((address, *place.beside))]
    current = max(fitting, key=len, default="")
    return [Door(place.label, address, place.icon, address == current) for place, address in open_places]


def _concerns(place: Place, request: HttpRequest) -> bool:
    viewer, at = request.user, request.arrived_at  # type: ignore[attr-defined]
    return place.concerns is None or place.concerns(viewer, at)


@cache
def _places() -> tuple[tuple[Place, str, Opening], ...]:
    found = []
    for place in PLACES:
        try:
            address = reverse(place.page)
        except NoReverseMatch:
            continue  # its room has not come yet
        opening = opening_of(resolve(address).func, place.page)
        if opening is not None:
            found.append((place, address, opening))
    return tuple(found)
