"""The regulations that the shipped notices name stand in the libraries of the demonstration."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from keqiao.readers.programmes import load as shipped_programme
from keqiao.readers.programmes import shipped
from keqiao.web.portal.demonstration import load
from keqiao.web.programmes.library import conform_rules, regulations_shown
from keqiao.web.programmes.models import Revision
from keqiao.web.regulations.models import Regulation, Version
from keqiao.web.regulations.queries import uses_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_each_regulation_stands_in_the_library_once_and_its_call_refers_to_it(client):
    load(NOW)
    load(NOW)

    expected = sorted(entry.title for name in shipped() for entry in shipped_programme(name).regulations)
    assert sorted(Regulation.objects.values_list("title", flat=True)) == expected
    assert Version.objects.count() == len(expected) == 11
    for regulation in Regulation.objects.all():
        public = [use for use in uses_of(regulation) if use.is_public]
        assert [use.number for use in public] == ["1"]
        assert client.get(reverse("regulations:public", args=[regulation.pk, 1])).status_code == 200


def test_the_nine_rules_of_the_published_calls_name_a_regulation_from_the_library():
    load(NOW)

    rules = [rule for revision in Revision.objects.all() for rule in conform_rules(revision.definition)]
    shown = [each for revision in Revision.objects.all() for each in regulations_shown(revision.definition)]

    assert len(rules) == 9
    assert all(rule.regulation for rule in rules)
    assert sum(len(each.rules) for each in shown) == 9
    assert all(each.library and each.newer is None for each in shown)
