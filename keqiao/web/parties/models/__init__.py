"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.parties.models.associations import Association, Office
from keqiao.web.parties.models.editions import PublicEdition
from keqiao.web.parties.models.facts import (
    AccountState,
    FactKind,
    OrganisationFact,
    PersonFact,
    PersonFactKind,
    PersonQualification,
)
from keqiao.web.parties.models.figures import BaseFigure
from keqiao.web.parties.models.merges import DistinctPair, Merge
from keqiao.web.parties.models.parties import NameKind, Organisation, Party, PartyName, Person
from keqiao.web.parties.models.regions import Region, RegionLevel
from keqiao.web.parties.models.ties import HELD_ALONE_BY, Tie, TieKind

__all__ = [
    "HELD_ALONE_BY",
    "AccountState",
    "Association",
    "BaseFigure",
    "DistinctPair",
    "FactKind",
    "Merge",
    "NameKind",
    "Office",
    "Organisation",
    "OrganisationFact",
    "Party",
    "PartyName",
    "Person",
    "PersonFact",
    "PersonFactKind",
    "PersonQualification",
    "PublicEdition",
    "Region",
    "RegionLevel",
    "Tie",
    "TieKind",
]
