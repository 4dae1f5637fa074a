"""The tree of regions: read from published data, dated, with local nodes."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from keqiao.web.parties.models import Region, RegionLevel
from keqiao.web.parties.queries import region_on, regions_under
from keqiao.web.parties.region_data import BEGINNING, Change, add_local_region, import_areas, read_areas
from keqiao.web.parties.verification import check_regions

DATA = """const areaList = {
  province_list: { 410000: "\\u6CB3\\u5357\\u7701" },
  city_list: { 411200: "三门峡市", 419000: "省直辖县" },
  county_list: { 411202: "湖滨区", 411203: "陕州区", 419001: "济源市" } };"""
LATER = DATA.replace("陕州区", "陕县").replace('411202: "湖滨区", ', "")
DAY = date(2026, 1, 1)


def load(text: str = DATA, day: date = BEGINNING) -> Change:
    return import_areas(read_areas(text), day=day, source="测试")


@pytest.mark.django_db
def test_counties_hang_under_their_city_or_where_there_is_none_under_the_province():
    assert load() == Change(added=5, renamed=0, ended=0, unchanged=0)

    assert [str(region) for region in regions_under(region_on("100000", DAY), DAY)] == ["河南省"]
    assert [str(region) for region in regions_under(region_on("410000", DAY), DAY)] == ["三门峡市", "济源市"]
    assert [str(region) for region in regions_under(region_on("411200", DAY), DAY)] == ["湖滨区", "陕州区"]


@pytest.mark.django_db
def test_newer_data_end_and_rename_while_old_days_keep_their_names():
    load()
    load(LATER, DAY)

    assert region_on("411203", date(2025, 12, 31)).name == "陕州区"
    assert region_on("411203", DAY).name == "陕县"
    assert region_on("411202", DAY) is None
    assert region_on("411202", date(2025, 12, 31)).name == "湖滨区"
    assert check_regions().faults == ()


@pytest.mark.django_db
def test_a_renamed_parent_keeps_what_hangs_on_it():
    load()
    add_local_region("411200-G1", "三门峡经济开发区", level=RegionLevel.COUNTY, day=BEGINNING)
    load(DATA.replace("三门峡市", "陕州市"), DAY)

    children = regions_under(region_on("411200", DAY), DAY)
    assert [str(child) for child in children] == ["三门峡经济开发区", "湖滨区", "陕州区"]


@pytest.mark.django_db
def test_the_same_data_again_change_nothing():
    load()
    assert load() == Change(added=0, renamed=0, ended=0, unchanged=5)


@pytest.mark.django_db
def test_data_no_newer_than_the_tree_cannot_replace_it():
    load(day=DAY)
    with pytest.raises(ValidationError) as refused:
        load(LATER, DAY)
    assert refused.value.code == "region.data_not_newer"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "why"), [("411200G1", "region.code"), ("999999-G1", "region.parent_unknown")]
)
def test_a_local_node_needs_a_known_parent_in_its_code(code, why):
    load()
    with pytest.raises(ValidationError) as refused:
        add_local_region(code, "高新区", level=RegionLevel.COUNTY, day=DAY)
    assert refused.value.code == why


@pytest.mark.django_db
def test_overlapping_periods_and_circles_are_found():
    load()
    Region.objects.create(
        code="411202", name="旧", level="county", valid_from=date(1979, 1, 1), valid_until=DAY
    )
    province = Region.objects.get(code="410000")
    Region.objects.filter(code="100000").update(parent=province)
    assert {fault.code for fault in check_regions().faults} == {"region.periods_overlap", "region.circle"}


@pytest.mark.django_db
def test_without_the_data_the_command_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="make setup"):
        call_command("regions", "import", "--file", str(tmp_path / "none.js"))
    wrong = tmp_path / "wrong.js"
    wrong.write_text("const other = {}", encoding="utf-8")
    with pytest.raises(CommandError, match="province_list is missing"):
        call_command("regions", "import", "--file", str(wrong))


@pytest.mark.django_db
def test_the_shipped_data_have_every_province_and_county(capsys):
    module = settings.REPOSITORY / "node_modules/@vant/area-data/dist/index.js"
    if not module.is_file():
        pytest.skip("npm packages are not installed")
    call_command("regions", "import")
    levels = dict.fromkeys(RegionLevel.values, 0)
    for level in Region.objects.values_list("level", flat=True):
        levels[level] += 1
    assert (levels["nation"], levels["province"]) == (1, 34)
    assert region_on("411202", DAY).parent.name == "三门峡市"
    assert region_on("419001", DAY).parent.name == "河南省"
    call_command("regions", "import")
    assert "0 added, 0 renamed, 0 ended" in capsys.readouterr().out
