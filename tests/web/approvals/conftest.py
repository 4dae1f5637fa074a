"""The act and the people of these tests."""

from dataclasses import dataclass

import pytest

from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.approvals import acts
from keqiao.web.parties.models import Association
from tests.web import make
from tests.web.approvals.renaming import RENAME


@pytest.fixture(autouse=True)
def renaming_is_known(monkeypatch):
    acts.all_acts()  # those of the rooms are found first, and stay
    monkeypatch.setitem(acts._acts, RENAME.code, RENAME)


@dataclass(frozen=True)
class Office:
    """An association with an officer, who proposes, and two leaders, who may approve."""

    association: Association
    officer: User
    leader: User
    other_leader: User


@pytest.fixture
def office() -> Office:
    association = make.association("旧名")
    leaders = [make.holder(Role.LEADER, association.organisation) for _ in range(2)]
    return Office(association, make.officer(association), *leaders)
