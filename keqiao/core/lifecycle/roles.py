"""Who moves the cases from review to credit, each as the room finds it for one person and one case."""

OFFICER = "officer"  # of the association that runs the call
LEADER = "leader"  # who decides for that association
FINANCE = "finance"  # its finance department, or the finance bureau where the call says so
EXPERT = "expert"  # who was asked to judge this application
APPLICANT = "applicant"  # whoever acts for the unit that applied, and that carries the project out
OBJECTOR = "objector"  # who raised this objection, known by the link that was sent
INVESTIGATOR = "investigator"  # who was asked to look into it, and has no part in it
SUBJECT = "subject"  # whom an entry is about
CLOCK = "clock"  # the program itself, at the hour that is stated
PROGRAM = "program"  # the program itself, as the consequence of an act upon another case
