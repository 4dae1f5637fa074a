"""Where a world is played, and what has been made of it so far."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.parties.queries import local_day, region_on
from keqiao.web.registers.actions.writing import By
from keqiao.web.season.drawing.timetable import Timetable
from keqiao.web.season.numbers import (
    bureau_address,
    investigator_address,
    leader_address,
    objector_address,
    officer_address,
)
from keqiao.web.season.stages.moments import timetable_of
from keqiao.web.season.world import ASSOCIATION, Area

PROGRAM = "season"
"""The part of the program that acts where no person does; events name it."""
SOURCE = "生成的演示数据"
"""The source of every fact and line that is generated."""


@dataclass
class Scene:
    """For which association a world is played, when, and what each key of the world has become.

    ``password`` is that of the accounts; without one they can be entered by the list of the demonstration only.
    ``until`` is the moment at which the play looks back: what is due by then was done or missed. None: at once.
    ``timetable`` is counted when it is first asked for.
    """

    association: Any
    at: datetime
    password: str = ""
    until: datetime | None = None
    timetable: Timetable | None = None
    parties: dict[str, Any] = field(default_factory=dict)
    _regions: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parties[ASSOCIATION] = self.association.organisation

    @property
    def moments(self) -> Timetable:
        """When the stages after the formal check act."""
        if self.timetable is None:
            self.timetable = timetable_of(self.association, self.at)
        return self.timetable

    def has_come(self, moment: datetime) -> bool:
        """Has the play come so far? A stage that acts at a later moment does nothing yet."""
        return self.until is not None and moment <= self.until

    def on(self, moment: datetime) -> "Scene":
        """Return the same scene at another moment; what is made there is known here."""
        return replace(self, at=moment, timetable=self.moments)

    @property
    def by(self) -> dict[str, Any]:
        """Who acts, for the acts of most rooms."""
        return {"actor": None, "role": PROGRAM, "at": self.at}

    @property
    def registrar(self) -> By:
        """Who acts, for the acts of the registers."""
        return By(None, self.at)

    @property
    def officer(self) -> Any:
        """The account of the office."""
        return self.account(officer_address(self.association.slug))

    @property
    def leader(self) -> Any:
        """The account of the leader, who approves."""
        return self.account(leader_address(self.association.slug))

    @property
    def bureau(self) -> Any:
        """The account of the finance bureau, which turns the second key."""
        return self.account(bureau_address(self.association.slug))

    @property
    def investigator(self) -> Any:
        """The account of whoever in the office looks into objections."""
        return self.account(investigator_address(self.association.slug))

    def objector_address(self, outcome: str) -> str:
        """Return the mail address of somebody who objects here."""
        return objector_address(outcome, self.association.slug)

    def account(self, mail: str) -> Any:
        """Return the account that logs in with this address."""
        return user_with_mail(mail)

    def days_on(self, days: int) -> date:
        """Return the day so many days after the play."""
        return local_day(self.at) + timedelta(days=days)

    def region(self, area: Area) -> Any:
        """Return the region of an area; where region data are not set up in full, the nearest one above it."""
        if area.code not in self._regions:
            above = (area.code, f"{area.code[:4]}00", f"{area.code[:2]}0000")
            found = (region_on(code, local_day(self.at)) for code in above)
            self._regions[area.code] = next((region for region in found if region is not None), None)
        return self._regions[area.code]
