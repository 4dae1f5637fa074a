"""The rolls that can be imported: units, people, members and councils of societies."""

from keqiao.web.parties.rolls.people import COUNCIL, MEMBERS, PEOPLE
from keqiao.web.parties.rolls.units import UNITS

SHEETS = (UNITS, PEOPLE, MEMBERS, COUNCIL)
