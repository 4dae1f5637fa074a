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
from keqiao.web.parties.actions.facts import Correction, NewFact, correct_fact, end_fact, state_fact
from keqiao.web.parties.actions.organisations import (
    Details,
    NewOrganisation,
    describe_organisation,
    register_organisation,
    rename,
)
from keqiao.web.parties.actions.people import (
    NewPersonFact,
    NewQualification,
    PersonDetails,
    add_qualification,
    describe_person,
    end_person_row,
    register_person,
    state_person_fact,
)
from keqiao.web.parties.actions.ties import NewTie, end_tie, tie

__all__ = [
    "Correction",
    "Details",
    "NewAssociation",
    "NewFact",
    "NewOrganisation",
    "NewPersonFact",
    "NewQualification",
    "NewTie",
    "OfficeDetails",
    "PersonDetails",
    "add_qualification",
    "change_office",
    "close_office",
    "correct_fact",
    "count_public_change",
    "describe_association",
    "describe_organisation",
    "describe_person",
    "end_fact",
    "end_person_row",
    "end_tie",
    "found_association",
    "open_office",
    "register_organisation",
    "register_person",
    "rename",
    "require_second_person",
    "state_fact",
    "state_person_fact",
    "tie",
]
