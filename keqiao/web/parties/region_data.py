"""Bring published region codes into the dated tree, and keep the local nodes that hang on it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models import Region, RegionLevel

NATION = "100000"  # the standard begins with the provinces; bodies of the whole country need a root
BEGINNING = date(1980, 1, 1)
"""Since when the codes of a first import are taken to hold: the data tell only that they hold now."""
LISTS = {
    "province_list": RegionLevel.PROVINCE,
    "city_list": RegionLevel.PREFECTURE,
    "county_list": RegionLevel.COUNTY,
}
LIST = re.compile(r"\b(province_list|city_list|county_list)\s*:\s*\{(.*?)\}", re.DOTALL)
ENTRY = re.compile(r"""["']?(\d{6})["']?\s*:\s*(["'])(.*?)\2""")
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
PLACEHOLDERS = frozenset({"省直辖县", "自治区直辖县级行政区划", "县", "市辖区"})
LOCAL_CODE = re.compile(r"[0-9]{6}-[A-Z][0-9]{1,2}")


@dataclass(frozen=True)
class Area:
    """One published area."""

    code: str
    name: str
    level: RegionLevel


@dataclass(frozen=True)
class Change:
    """How an import changed the tree."""

    added: int
    renamed: int
    ended: int
    unchanged: int


def read_areas(text: str) -> list[Area]:
    """Return the areas of the package's JavaScript module, provinces first.

    Raises:
        ValueError: one of its three lists is missing or empty.
    """
    lists = {name: ENTRY.findall(body) for name, body in LIST.findall(text)}
    for name in LISTS:
        if not lists.get(name):
            raise ValueError(f"{name} is missing: this is not the data of @vant/area-data")
    return [
        Area(code, ESCAPE.sub(lambda match: chr(int(match[1], 16)), words), level)
        for name, level in LISTS.items()
        for code, _quote, words in lists[name]
    ]


def parent_code(area: Area, known: Mapping[str, Area]) -> str:
    """Return the code right above. Some counties stand right under their province."""
    if area.level is RegionLevel.PROVINCE:
        return NATION
    above = area.code[:4] + "00"
    if area.level is RegionLevel.COUNTY and above in known and known[above].name not in PLACEHOLDERS:
        return above
    return area.code[:2] + "0000"


@transaction.atomic
def import_areas(areas: Iterable[Area], *, day: date, source: str) -> Change:
    """Make the tree in force on ``day`` that of ``areas``.

    New codes begin, lost ones end, changed names do both; local nodes stay. A second import of the same
    data changes nothing.
    """
    known = {area.code: area for area in areas if area.name not in PLACEHOLDERS}
    in_force = {
        region.code: region for region in Region.objects.filter(valid_until__isnull=True, is_local=False)
    }
    root = in_force.pop(NATION, None) or Region.objects.create(
        code=NATION, name="全国", level=RegionLevel.NATION.value, valid_from=day, source=source
    )
    placed = {NATION: root}
    counts = {"added": 0, "renamed": 0, "unchanged": 0}
    for area in known.values():  # provinces first, so that parents are there
        old = in_force.pop(area.code, None)
        parent = placed[parent_code(area, known)]
        if old and (old.name, old.parent_id) == (area.name, parent.pk):
            counts["unchanged"] += 1
            placed[area.code] = old
            continue
        counts["renamed" if old else "added"] += 1
        placed[area.code] = _begin(area, old, parent, (day, source))
    for lost in in_force.values():
        _end(lost, day)
    return Change(ended=len(in_force), **counts)


def _begin(area: Area, old: Region | None, parent: Region, origin: tuple[date, str]) -> Region:
    day, source = origin
    if old:
        _end(old, day)
    made = Region.objects.create(
        code=area.code, name=area.name, level=area.level.value, parent=parent, valid_from=day, source=source
    )
    if old:  # what hung on the old row in force hangs on the new one
        Region.objects.filter(parent=old, valid_until__isnull=True).update(parent=made)
    return made


def _end(region: Region, day: date) -> None:
    if region.valid_from >= day:
        raise ValidationError(
            _("%(name)s 自 %(since)s 起有效，不能用更早或同日的数据替换。"),
            code="region.data_not_newer",
            params={"name": region.name, "since": region.valid_from.isoformat()},
        )
    region.valid_until = day - timedelta(days=1)
    region.save(update_fields=["valid_until"])


@transaction.atomic
def add_local_region(code: str, name: str, *, level: RegionLevel, day: date) -> Region:
    """Add a zone that the standard does not know under the region whose code begins its own (``411200-G1``).

    Raises:
        ValidationError: the code has another form, is taken, or its parent is unknown.
    """
    if not LOCAL_CODE.fullmatch(code):
        raise ValidationError(
            _("地方节点代码应为上级六位代码加“-”、一个字母和一至两位数字。"), code="region.code"
        )
    parent = Region.objects.filter(code=code[:6], valid_until__isnull=True).first()
    if parent is None:
        raise ValidationError(
            _("没有代码为 %(code)s 的上级区域。"), code="region.parent_unknown", params={"code": code[:6]}
        )
    region = Region(
        code=code, name=name, level=level.value, parent=parent, is_local=True, valid_from=day, source="local"
    )
    region.full_clean()
    region.save(force_insert=True)
    return region
