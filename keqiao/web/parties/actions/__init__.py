"""Register parties, tie them, found associations, keep offices. One act, one transaction, one event."""

from keqiao.web.parties.actions.associations import (
    NewAssociation,
    OfficeDetails,
    change_office,
    close_office,
    count_public_change,
    describe_association,
    found_association,
    open_office,
    require_second_person,
)
from keqiao.web.parties.actions.organisations import NewOrganisation, register_organisation, rename
from keqiao.web.parties.actions.ties import NewTie, end_tie, tie

__all__ = [
    "NewAssociation",
    "NewOrganisation",
    "NewTie",
    "OfficeDetails",
    "change_office",
    "close_office",
    "count_public_change",
    "describe_association",
    "end_tie",
    "found_association",
    "open_office",
    "register_organisation",
    "rename",
    "require_second_person",
    "tie",
]
