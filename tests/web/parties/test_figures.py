"""Base figures of regions: entered once, corrected by a new row, looked up by the nearest year."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from keqiao.readers.base_figures import figure_kinds
from keqiao.web.parties import actions
from keqiao.web.parties.figures import figure_near, figures_near, figures_of
from keqiao.web.parties.models import BaseFigure
from tests.web import make

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def enter(region, value, year=2023, *, kind="population", at=NOW):
    wanted = actions.NewFigure(region, kind, year, Decimal(value), "统计年鉴")
    return actions.enter_figure(wanted, actor=None, role="tests", at=at)


def test_every_kind_has_both_labels_and_a_unit():
    kinds = figure_kinds().values()
    assert [
        kind.code
        for kind in kinds
        if not (kind.label("zh-hans") and kind.label("en") and kind.unit("zh-hans"))
    ] == []
    assert figure_kinds()["area"].unit("en") == "km²"


@pytest.mark.django_db
def test_a_corrected_figure_is_a_new_row_and_the_old_one_stays():
    region = make.region()
    old = enter(region, 98_000_000)
    new = enter(region, 98_150_000, at=LATER)
    old.refresh_from_db()
    assert (old.corrected_at, new.corrected_at) == (LATER, None)
    assert list(figures_of(region)) == [new, old]
    assert figure_near("410000", "population", 2023) == new


@pytest.mark.django_db
def test_the_same_figure_again_changes_nothing():
    region = make.region()
    assert enter(region, 6, kind="counties") == enter(region, 6, kind="counties", at=LATER)
    assert BaseFigure.objects.count() == 1


@pytest.mark.django_db
def test_the_nearest_year_answers_and_of_two_as_near_the_earlier():
    region = make.region()
    for year in (2018, 2022, 2024):
        enter(region, year, year)
    found = [figure_near("410000", "population", year).year for year in (2010, 2020, 2021, 2023, 2026)]
    assert found == [2018, 2018, 2022, 2022, 2024]
    assert figure_near("410000", "villages", 2023) is None
    assert figure_near("420000", "population", 2023) is None


@pytest.mark.django_db
def test_many_regions_cost_one_query(django_assert_max_num_queries):
    regions = [make.region(f"4112{number:02}", f"县{number}") for number in range(10)]
    for region in regions[:9]:
        enter(region, 400_000)
    with django_assert_max_num_queries(1):
        found = figures_near([region.code for region in regions], "population", 2023)
    assert sorted(found) == [region.code for region in regions[:9]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("figure", "field"),
    [
        ({"value": "1.5"}, "value"),
        ({"value": 1, "kind": "happiness"}, "kind"),
        ({"value": 1, "year": 2027}, "year"),
        ({"value": -1}, "__all__"),
        ({"value": 1, "year": 1900}, "__all__"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(figure, field):
    with pytest.raises(ValidationError) as refused:
        enter(make.region(), **figure)
    assert list(refused.value.message_dict) == [field]
    assert BaseFigure.objects.count() == 0


@pytest.mark.django_db
def test_the_table_refuses_two_figures_that_count_for_one_year():
    region = make.region()
    row = {"region": region, "kind": "population", "year": 2023, "source": "年鉴", "entered_at": NOW}
    BaseFigure.objects.create(value=1, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        BaseFigure.objects.create(value=2, **row)
