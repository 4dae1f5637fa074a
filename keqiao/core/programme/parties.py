"""Who takes part: applicants, beneficiaries, offices and their contacts."""

from pydantic import Field

from keqiao.core.programme.facts import Fact, Identifier, Text, Texts


class Applicants(Fact):
    """The kinds of unit that may apply, as worded; ``open`` where the list ends in 等."""

    kinds: Texts = Field(min_length=1)
    open: bool = False


class Beneficiary(Fact):
    """For whom the applicant applies where that is another body; rules with that ``subject`` are about it."""

    kinds: Texts = Field(min_length=1)


class Office(Fact):
    """An office that receives or answers: department, person, telephones, mailboxes, postal address.

    ``scope`` says in words what it is responsible for; which categories it serves stands with the
    categories.
    """

    id: Identifier
    department: Text | None = None
    name: Text | None = None
    phones: Texts = ()
    emails: Texts = ()
    address: Text | None = None
    scope: Text | None = None
