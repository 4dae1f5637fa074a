"""Pages of the room."""

from keqiao.web.applications.views.attaching import files
from keqiao.web.applications.views.autosaving import autosave
from keqiao.web.applications.views.beginning import begin
from keqiao.web.applications.views.filling import fill
from keqiao.web.applications.views.history import step, version, versions
from keqiao.web.applications.views.joining import ask_partners, joining, joinings
from keqiao.web.applications.views.marking import mark
from keqiao.web.applications.views.merging import merge
from keqiao.web.applications.views.office import give_back, intake, reading, received
from keqiao.web.applications.views.own import detail, own
from keqiao.web.applications.views.printing import blank_form, draft_form, receipt_file, submitted_form
from keqiao.web.applications.views.standing import discard, last_look, preview, take_up_again, withdraw
from keqiao.web.applications.views.submitting import receipt, submit
from keqiao.web.applications.views.trial import trial
from keqiao.web.applications.views.word import take_over, word

__all__ = [
    "ask_partners",
    "autosave",
    "begin",
    "blank_form",
    "detail",
    "discard",
    "draft_form",
    "files",
    "fill",
    "give_back",
    "intake",
    "joining",
    "joinings",
    "last_look",
    "mark",
    "merge",
    "own",
    "preview",
    "reading",
    "receipt",
    "receipt_file",
    "received",
    "step",
    "submit",
    "submitted_form",
    "take_over",
    "take_up_again",
    "trial",
    "version",
    "versions",
    "withdraw",
    "word",
]
