"""``keqiao verify`` finds a library that was changed past the program."""

from datetime import UTC, datetime

import pytest

from keqiao.web.regulations.actions import Heading, VersionText, add_regulation, add_version
from keqiao.web.regulations.models import Regulation, Version
from keqiao.web.regulations.verification import check_owners, check_versions
from tests.web import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)


@pytest.fixture
def versions():
    """Two versions of one regulation."""
    association = make.association()
    officer = make.officer(association)
    first = add_regulation(association.pk, Heading("办法"), VersionText(), actor=officer, at=AT)
    return [first, add_version(first.regulation_id, VersionText(), actor=officer, at=AT)]


def test_a_sound_library_has_no_faults(versions):
    assert len(versions) == 2
    assert [(check().checked, check().faults) for check in (check_versions, check_owners)] == [
        (2, ()),
        (2, ()),
    ]


def test_a_gap_and_a_regulation_without_versions_are_found(versions):
    Version.objects.filter(pk=versions[0].pk).delete()
    assert [fault.code for fault in check_versions().faults] == ["version.gap"]
    Version.objects.all().delete()
    assert [fault.code for fault in check_versions().faults] == ["regulation.without_version"]
    assert Regulation.objects.count() == 1


def test_a_version_of_another_owner_is_found(versions):
    Version.objects.filter(pk=versions[1].pk).update(association=make.association())
    assert [(fault.code, fault.about) for fault in check_owners().faults] == [
        ("version.owner_differs", str(versions[1].pk))
    ]
