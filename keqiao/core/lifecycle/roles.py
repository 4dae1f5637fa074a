"""Who moves cases, each as the room finds it for one person and one case. No life says these words itself."""

OFFICER = "officer"  # of the association that runs the call, keeps the register, or whose mailbox it came to
LEADER = "leader"  # who decides for that association
FINANCE = "finance"  # its finance department, or the finance bureau where the call says so
EXPERT = "expert"  # who was asked to judge this application
APPLICANT = "applicant"  # whoever acts for the unit that applied, and that carries the project out
PARTNER = "partner"  # whoever acts for the unit that is asked to join
ENDORSER = "endorser"  # of the unit before which it lies now, or that forwards it
CO_SIGNER = "co_signer"  # of the body together with which a list is forwarded
CONTACT = "contact"  # whoever has proved the address or number it was sent from
BRINGER = "bringer"  # whoever may bring pages of what it is about
PROPOSER = "proposer"  # who asked for a second person
APPROVER = "approver"  # who may be that second person
OBJECTOR = "objector"  # who raised this objection, known by the link that was sent
INVESTIGATOR = "investigator"  # who was asked to look into it, and has no part in it
SUBJECT = "subject"  # whom an entry is about
CLOCK = "clock"  # the program itself, at the hour that is stated
PROGRAM = "program"  # the program itself, as the consequence of an act upon another case
