"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.parties.models.associations import Association, Office
from keqiao.web.parties.models.editions import PublicEdition
from keqiao.web.parties.models.parties import NameKind, Organisation, Party, PartyName, Person
from keqiao.web.parties.models.regions import Region, RegionLevel
from keqiao.web.parties.models.ties import Tie, TieKind

__all__ = [
    "Association",
    "NameKind",
    "Office",
    "Organisation",
    "Party",
    "PartyName",
    "Person",
    "PublicEdition",
    "Region",
    "RegionLevel",
    "Tie",
    "TieKind",
]
