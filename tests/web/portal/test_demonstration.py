"""The demonstration: five associations with their calls, loaded once however often it runs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from keqiao.readers.programmes import shipped
from keqiao.web.accounts.queries import demonstration_accounts
from keqiao.web.parties.models import Region
from keqiao.web.parties.queries import associations
from keqiao.web.portal import demonstration
from keqiao.web.portal.demonstration import SITES, load
from keqiao.web.portal.demonstration_season import endorser_lines
from keqiao.web.portal.tasks import DEMONSTRATION_LOG_INS
from keqiao.web.programmes.models import Call, Revision
from keqiao.web.programmes.queries import public_calls

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_the_five_shipped_calls_are_published_under_readable_addresses():
    load(NOW)

    assert sorted(public_calls().values_list("slug", flat=True)) == list(shipped())
    assert all(association.is_demonstration for association in associations())


def test_loading_again_changes_nothing():
    load(NOW)
    before = (Call.objects.count(), Revision.objects.count(), len(demonstration_accounts(NOW)))

    load(NOW)

    assert (Call.objects.count(), Revision.objects.count(), len(demonstration_accounts(NOW))) == before
    assert before == (5, 5, 9)


def test_a_load_that_broke_off_goes_on_where_it_stopped(monkeypatch):
    publish = demonstration.publish

    def break_off_at_the_third(*given, **named):
        if Revision.objects.count() == 2:
            raise KeyboardInterrupt
        return publish(*given, **named)

    monkeypatch.setattr(demonstration, "publish", break_off_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        load(NOW)
    monkeypatch.undo()

    load(NOW)

    assert (Call.objects.count(), public_calls().count()) == (5, 5)


def test_each_association_has_an_officer_of_its_own():
    load(NOW)

    offices = {a.slug: a.organisation_id for a in associations()}
    for account in demonstration_accounts(NOW):
        site = next((s for s in SITES if s.officer.mail == account.email), None)
        if site is not None:
            assert account.organisations_as("officer", NOW) == {offices[site.slug]}


def test_regions_come_from_the_published_data_where_they_are_set_up(settings, tmp_path):
    settings.REPOSITORY = tmp_path
    load(NOW)
    assert not Region.objects.exists()


def test_regions_of_the_five_are_in_the_tree(settings):
    module = Path(settings.REPOSITORY) / demonstration.REGION_DATA
    if not module.is_file():
        pytest.skip("region data are not set up")

    load(NOW)

    named = {a.slug: a.organisation.region.name for a in associations()}
    assert named == {
        "henan": "河南省",
        "hunan": "湖南省",
        "jining": "济宁市",
        "sanmenxia": "三门峡市",
        "yinchuan": "银川市",
    }


def test_the_terminal_is_told_who_can_log_in():
    told = "\n".join(DEMONSTRATION_LOG_INS)

    assert all(site.officer.mail in told for site in SITES)
    assert demonstration.PASSWORD in told
    assert {line.split()[0] for line in endorser_lines()} == {
        "endorser@hunan.example",
        "finance@hunan.example",
        "endorser@sanmenxia.example",
    }
    assert all(line in told for line in endorser_lines())
