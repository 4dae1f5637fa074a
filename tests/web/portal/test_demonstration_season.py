"""The demonstration shows what a unit may apply for today: units, log-ins, calls that are open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from keqiao.core.rules.answers import Verdict
from keqiao.readers.programmes import demonstration, shipped
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.applications.models import Application
from keqiao.web.audit.verification import checks
from keqiao.web.eligibility.queries import decisions_for, offers_open
from keqiao.web.parties.models import Organisation
from keqiao.web.portal import demonstration_season
from keqiao.web.portal.demonstration import PASSWORD, SITES, load
from keqiao.web.portal.demonstration_season import applicant_lines, begun, load_finished, load_season
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.queries import call_named
from keqiao.web.season.moved_calls import running
from keqiao.web.season.world import Size

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("day", [DAY, date(2028, 2, 29), date(2026, 12, 31)])
def test_a_running_call_is_last_years_some_years_later(name, day):
    old = demonstration(name)
    new = running(old, day)

    assert new.title.endswith("（演示）")
    assert str(new.year) in new.id
    assert day.year <= new.year <= day.year + 1
    assert list(_nodes(new)) == list(_nodes(old))
    assert running(old, day) == new


@pytest.mark.django_db
def test_a_call_of_before_is_played_from_its_time_on_and_a_younger_demonstration_stays_as_it_is(
    settings, monkeypatch
):
    # as far as the formal check: tests/web/season play the later stages
    monkeypatch.setattr(demonstration_season, "OVER", Size(10, 1, 2))
    settings.DEMONSTRATION = True
    load(begun(NOW))
    load_finished(NOW)
    load_finished(NOW)
    played = Application.objects.all()
    before = played.count()

    assert begun(NOW).date() == date(2024, 4, 10)
    assert set(played.values_list("call", flat=True)) == {call_named("sanmenxia-2024-running").pk}
    assert before == played.filter(title__endswith="（2024年）").count() > 2

    load_finished(NOW - timedelta(days=366))
    assert played.count() == before


def _nodes(node):
    for child in node.categories:
        yield child.id, len(child.rules), len(child.targets)
        yield from _nodes(child)


@pytest.mark.django_db
def test_an_applicant_of_each_association_finds_open_categories_and_the_data_are_sound(
    client, settings, monkeypatch
):
    # the first ones only: the whole would take a minute
    monkeypatch.setattr(demonstration_season, "SIZE", Size(10, 1))
    settings.DEMONSTRATION = True
    load(NOW)
    load_season(NOW)
    once = (Call.objects.count(), Organisation.objects.count())
    load_season(NOW)

    assert (Call.objects.count(), Organisation.objects.count()) == once
    assert {offer.call.association.slug for offer in offers_open(NOW)} == {site.slug for site in SITES}
    found = set()
    for line in applicant_lines():
        account = user_with_mail(line.split()[0])
        (unit,) = account.organisations_as("applicant", NOW)
        found |= {decision.verdict for decision in decisions_for(unit, NOW).values()}
        assert account.check_password(PASSWORD)
        client.force_login(account)
        assert client.get(reverse("eligibility:mine", args=[unit])).status_code == 200
    assert found == set(Verdict)
    assert min(offer.deadline_at for offer in offers_open(NOW)) - NOW > timedelta(days=29)
    assert [(name, fault) for name, check in checks() for fault in check().faults] == []
