"""What the tests of the importer share."""

from datetime import date
from typing import Any

import pytest

from keqiao.web.parties.models import Association
from tests.web import make


@pytest.fixture
def association() -> Association:
    """An association in a province with two towns, two of whose districts share a name."""
    nation = make.region("100000", "中华人民共和国", "nation")
    henan = make.region(parent=nation)
    for code, name, inner in (("410100", "郑州市", "410105"), ("410300", "洛阳市", "410305")):
        town = make.region(code, name, "prefecture", parent=henan)
        make.region(inner, "金水区", "county", parent=town)
    association = make.association("河南省科学技术协会", slug="henan")
    association.organisation.region = henan
    association.organisation.save(update_fields=["region"])
    return association


@pytest.fixture
def officer(association: Association) -> Any:
    """An officer of the association."""
    return make.officer(association)


@pytest.fixture
def day() -> date:
    """The day on which tables are imported."""
    return date(2026, 3, 2)
