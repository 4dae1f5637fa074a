"""Demonstration and real data never mix: each start compares, and says what to do."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from keqiao.web.config.installation import (
    WrongInstallation,
    kind_of_database,
    kind_of_directory,
    settle_kind,
)
from keqiao.web.config.models import Installation, InstallationKind
from keqiao.web.config.starting import require_fit
from tests.web import make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(("shown", "kind"), [(True, "demonstration"), (False, "real")])
def test_the_first_start_marks_database_and_data_directory(settings, shown, kind):
    settings.DEMONSTRATION = shown

    settle_kind(NOW)
    settle_kind(NOW)

    assert (kind_of_database(), kind_of_directory()) == (kind, kind)


@pytest.mark.parametrize(("first", "advice"), [(True, "keqiao init"), (False, "KEQIAO_DATA=./demonstration")])
def test_a_start_of_the_other_kind_is_refused_and_says_what_to_do(settings, first, advice):
    settings.DEMONSTRATION = first
    settle_kind(NOW)
    settings.DEMONSTRATION = not first

    with pytest.raises(WrongInstallation, match="This database is") as refused:
        settle_kind(NOW)

    assert advice in str(refused.value)
    assert Installation.objects.get().kind == ("demonstration" if first else "real")


@pytest.mark.parametrize("first", [True, False])
def test_a_data_directory_of_the_other_kind_is_refused_also_with_a_new_database(settings, first):
    settings.DEMONSTRATION = first
    settle_kind(NOW)
    Installation.objects.all().delete()
    settings.DEMONSTRATION = not first

    with pytest.raises(WrongInstallation, match="This data directory is"):
        settle_kind(NOW)

    assert Installation.objects.count() == 0


@pytest.mark.parametrize("was_shown", [True, False])
def test_a_database_from_before_the_mark_is_told_by_its_associations(settings, was_shown):
    make.association(is_demonstration=was_shown)
    settings.DEMONSTRATION = not was_shown

    with pytest.raises(WrongInstallation, match="This database is"):
        settle_kind(NOW)

    settings.DEMONSTRATION = was_shown
    settle_kind(NOW)
    assert kind_of_database() == InstallationKind("demonstration" if was_shown else "real")


def test_the_start_is_refused_without_the_keys_of_the_data(settings, tmp_path):
    require_fit(NOW)
    settings.KEYRING_FILE = tmp_path / "nowhere.json"

    with pytest.raises(ImproperlyConfigured, match=r"Put back the copy of keyring\.json"):
        require_fit(NOW)
