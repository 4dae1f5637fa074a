"""Register parties, tie them, found associations, keep offices. One act, one transaction, one event."""

from keqiao.web.parties.actions.associations import (
    NewAssociation,
    OfficeDetails,
    change_office,
    close_office,
    count_public_change,
    found_association,
    open_office,
    require_second_person,
)
from keqiao.web.parties.actions.facts import Correction, NewFact, correct_fact, end_fact, state_fact
from keqiao.web.parties.actions.figures import NewFigure, enter_figure
from keqiao.web.parties.actions.merging import Sameness, Since, merge, since_merge, tell_apart, undo_merge
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
from keqiao.web.parties.models import FactKind, PersonFactKind, TieKind

__all__ = [
    "Correction",
    "Details",
    "FactKind",
    "NewAssociation",
    "NewFact",
    "NewFigure",
    "NewOrganisation",
    "NewPersonFact",
    "NewQualification",
    "NewTie",
    "OfficeDetails",
    "PersonDetails",
    "PersonFactKind",
    "Sameness",
    "Since",
    "TieKind",
    "add_qualification",
    "change_office",
    "close_office",
    "correct_fact",
    "count_public_change",
    "describe_organisation",
    "describe_person",
    "end_fact",
    "end_person_row",
    "end_tie",
    "enter_figure",
    "found_association",
    "merge",
    "open_office",
    "register_organisation",
    "register_person",
    "rename",
    "require_second_person",
    "since_merge",
    "state_fact",
    "state_person_fact",
    "tell_apart",
    "tie",
    "undo_merge",
]
