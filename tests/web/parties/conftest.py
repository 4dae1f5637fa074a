"""An association with a region of its own, and its officer."""

import pytest

from tests.web import make
from tests.web.parties.rolls import place


@pytest.fixture
def city():
    henan = make.region()
    return make.region("411200", "三门峡市", "prefecture", parent=henan)


@pytest.fixture
def association(city):
    made = make.association("三门峡市科学技术协会")
    place(made.organisation, city)
    return made


@pytest.fixture
def officer(client, association):
    account = make.officer(association)
    client.force_login(account)
    return account
