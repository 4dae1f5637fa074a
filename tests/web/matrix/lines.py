"""Which object stands in the address of each route, and what of it may cross associations, with the reason.

A route with parameters must have a line here (``test_every_route_with_parameters_has_a_line``). ``of`` is a kind of
object of ``worlds.World``; ``more`` fills the other parameters, ``@kind`` with an object of the same world.
"""

from tests.web.matrix.line import Line
from tests.web.matrix.lines_of_awards import ACCEPTANCE, ACTIVITIES, GRANTS, PUBLIC_NOTICE

PUBLISHED = "a published call is read by everybody"
ALL_UNITS = "units are shared data: staff of all associations see them"
GUARDED = "the three administrators look after the accounts of the installation"
LINK = "whoever holds the link of the mail opens it"
NO_FACTOR = "these accounts have no second factor; see test_second_factor"
NOBODYS = "nobody of the world has the account of this expert; see test_experts"
OFF = "only in a demonstration"
OTHERS_JUDGE = (
    "the one who was asked to judge is nobody who asks here; see tests/web/review/test_round_pages.py"
)

PORTAL = {
    "portal:desk_kind": Line(more={"code": "programmes.draft"}),
    "portal:call": Line("public_call", crosses=PUBLISHED),
    "portal:call_calendar": Line("public_call", crosses=PUBLISHED),
    "portal:call_pdf": Line("public_call", crosses=PUBLISHED),
    "portal:category": Line("public_call", {"node": "c1"}, crosses=PUBLISHED),
    "portal:category_pdf": Line("public_call", {"node": "c1"}, crosses=PUBLISHED),
    "portal:original": Line(
        "public_call", crosses=PUBLISHED, at_home="the call was not read from a document"
    ),
    "portal:notice": Line(
        "public_call", {"pk": "@amendment"}, crosses=PUBLISHED, at_home="no revision took the notice up"
    ),
    "portal:revision": Line("public_call", {"number": 1}, crosses=PUBLISHED),
    "portal:definition": Line("public_call", {"number": 1, "form": "yaml"}, crosses=PUBLISHED),
    "regulations:public": Line(
        "regulation", {"number": 1}, at_home="no published call refers to the regulation"
    ),
    "regulations:public_file": Line(
        "regulation", {"number": 1}, at_home="no published call refers to the regulation"
    ),
    "registers:look_up": Line("association_slug", crosses="everybody looks up public registers"),
    "registers:public_debarments": Line(
        "association_slug",
        crosses="everybody may ask for the list of an association",
        at_home="this association publishes none",
    ),
    "parties:logo": Line("association_slug", crosses="a logo is public", at_home="no logo was given"),
}

CALLS = {
    f"programmes:{name}": Line("call")
    for name in (
        *("draft", "answer", "leftover", "node", "part_remove", "history", "undo", "redo", "restore"),
        *("category_new", "track_new"),
        *("issue", "keep_issued", "publish", "revisions", "regulations", "cancel"),
    )
} | {
    "programmes:node": Line("call", query="node=c1"),
    "programmes:category_move": Line("call", query="node=c1"),
    "programmes:category_copy": Line("call", query="node=c1"),
    "programmes:category_remove": Line("call", query="node=c1"),
    "programmes:undo": Line("call", post={"version": 1}),
    "programmes:redo": Line("call", post={"version": 1}),
    "programmes:restore": Line("call", post={"version": 1, "wanted": 1}),
    "programmes:merge": Line("call", at_home="asks for the words of two officers; see test_two_officers"),
    "programmes:selection": Line("call", at_home="asks for words of the document; see test_selections"),
    "programmes:part": Line("call", {"slot": "funding"}, query="node=c1"),
    "programmes:part_new": Line("call", {"slot": "targets"}, query="node=c1"),
    "programmes:part_remove": Line("call", {"slot": "funding"}, query="node=c1"),
    "programmes:copy_part": Line("call", {"slot": "funding"}, query="node=c1"),
    "programmes:reorder": Line("call", {"slot": "targets"}, query="node=c1"),
    "programmes:issued": Line("call", {"form": "docx"}),
    "programmes:revision": Line("public_call_id", {"number": 1}),
    "programmes:amendment_instead": Line("read_call"),
    "programmes:reading": Line("read_call"),
    "programmes:progress": Line("read_call"),
    "programmes:read_again": Line("read_call"),
    **{
        f"programmes:{name}": Line("amendment")
        for name in (
            *("amendment", "amendment_progress", "amendment_call"),
            *("amendment_settle", "amendment_plain", "amendment_merge"),
        )
    },
}

FORM_DESK = {
    **{f"programmes:{name}": Line("call") for name in ("forms", "form_new")},
    "programmes:form": Line("call", query="node=f1"),
    "programmes:form_move": Line(
        "call", query="node=f1", post={"version": 1, "field": "summary", "place": "up"}
    ),
    "programmes:form_condition": Line("call", query="node=f1&slot=fields&entry=summary&name=shown_if"),
    "programmes:form_preview": Line("call", query="node=f1"),
    "programmes:form_paper": Line("call", query="node=f1"),
    "programmes:form_paper_confirm": Line(
        "call", query="node=f1", at_home="no document was sent for the form"
    ),
    "programmes:form_file": Line("call", {"face": "json"}, query="node=f1"),
    "programmes:form_check_new": Line("call", query="node=f1"),
    "programmes:form_mend": Line(
        "call",
        query="node=f1",
        post={"version": 1, "place": "fields.0", "path": "account", "act": "remove"},
        at_home="nothing in the form points nowhere",
    ),
    "programmes:form_remove": Line(
        "call", {"slot": "fields"}, query="node=f1", post={"version": 1, "entry": "account"}
    ),
}

APPLICATIONS = {
    **{
        f"applications:{name}": Line("draft")
        for name in (
            *("fill", "autosave", "merge", "versions", "undo", "redo", "restore"),
            *("preview", "submitting", "submit", "discard", "word", "take_over"),
        )
    },
    "applications:ask_partners": Line("asking"),
    "applications:joining": Line("joining"),
    "applications:mark": Line("draft", at_home="asks for two applications of a bundle; see test_bundles"),
    "applications:begin": Line("open_offer", crosses=PUBLISHED),
    "applications:detail": Line("returned"),
    "applications:files": Line("draft", {"field": "proof"}),
    "applications:version": Line("returned", {"number": 3}),
    "applications:receipt": Line("submission"),
    "applications:receipt_file": Line("submission"),
    "applications:submitted_form": Line("submission", {"form": "pdf"}),
    "applications:blank_form": Line("draft", {"form": "docx"}),
    "applications:draft_form": Line("draft", {"form": "docx"}),
    "applications:trial": Line("call", query="category=c1"),
    "applications:reading": Line("application"),
    "applications:return": Line("application"),
    "applications:intake": Line("public_call_id"),
    "applications:withdraw": Line("application"),
    "applications:take_up_again": Line("withdrawn"),
}

FILING = {
    "filing:new_mailbox": Line("association"),
    "filing:mailbox": Line("mailbox"),
    "filing:close_mailbox": Line("mailbox"),
    "filing:mail": Line("mail"),
    "filing:papers_of": Line("application"),
    "filing:take_back": Line("papers"),
    "filing:file": Line("application"),
    "filing:stamped": Line("application"),
    "filing:print_page": Line("application"),
    "filing:scan": Line("scan"),
    "filing:attach_scan": Line("scan"),
    "filing:set_scan_aside": Line("scan"),
    "filing:scan_picture": Line("scan"),
    "filing:scan_original": Line("scan"),
}

MAY_WE = {
    "eligibility:mine": Line("unit"),
    "eligibility:category": Line("unit", {"pk": "@offer"}),
    "eligibility:invitees": Line("offer"),
}

CALENDARS_AND_REGULATIONS = {
    "calendars:year": Line("association", {"number": 2026}),
    "calendars:add": Line("association"),
    "calendars:count": Line("association"),
    "calendars:between": Line("association"),
    "calendars:override": Line("override"),
    "regulations:regulation": Line("regulation"),
    "regulations:heading": Line("regulation"),
    "regulations:new_version": Line("regulation"),
    "regulations:version": Line("version"),
    "regulations:end": Line("version"),
}

REGISTERS = {
    **{
        f"registers:{name}": Line("association")
        for name in (*("overview", "new_scheme", "debarments", "new_debarment", "keeping", "sharing"),)
    },
    "registers:scheme": Line("scheme"),
    "registers:edit_scheme": Line("scheme"),
    "registers:new_recognition": Line("scheme"),
    "registers:recognition": Line("recognition"),
    "registers:merge": Line("recognition"),
    "registers:follow": Line("recognition", {"act": "renew"}),
    "registers:debarment": Line("debarment"),
    "registers:take_back_statement": Line("statement"),
    "registers:own": Line("unit"),
    "registers:party": Line("unit", crosses=ALL_UNITS),
    "registers:book": Line("association", {"code": "past"}),
    "registers:new_line": Line("association", {"code": "past"}),
    "registers:line": Line("past", {"code": "past"}),
    "registers:take_back": Line("past", {"code": "past"}),
    "registers:result": Line("past"),
    "registers:end": Line("holding", {"code": "holdings"}),
}

ACCOUNTS = {
    "accounts:end_session": Line("session"),
    "accounts:register_correct": Line("registration"),
    "accounts:register_withdraw": Line("registration"),
    "accounts:registration": Line("registration"),
    "accounts:registration_certificate": Line("registration"),
    "accounts:account": Line("account", crosses=GUARDED),
    "accounts:close_account": Line("account", crosses=GUARDED),
    "accounts:reopen_account": Line("account", crosses=GUARDED),
    "accounts:reset_factor": Line("account", crosses=GUARDED),
    "accounts:end_grant": Line("role", crosses=GUARDED),
    "accounts:people": Line("unit"),
    "accounts:invitations": Line("unit"),
    "accounts:end_role": Line("role"),
    "accounts:hand_over": Line("administration"),
    "accounts:revoke": Line("invitation"),
    "accounts:own_invitation": Line("invitation", at_home="whoever is invited has no account yet"),
    "accounts:pair": Line("role"),
    "accounts:withdraw_pairing": Line("pairing"),
    "accounts:answer_pairing": Line("own_pairing", post={"answer": "decline"}),
    "accounts:invitation": Line("token", crosses=LINK),
    "accounts:demonstration": Line("account", at_home=OFF),
}

PARTIES = {
    "parties:organisation": Line("unit", crosses=ALL_UNITS),
    "parties:describe": Line("unit"),
    "parties:rename": Line("unit"),
    "parties:state_fact": Line("unit", {"kind": "level"}),
    "parties:add_tie": Line("unit"),
    "parties:correct_fact": Line("unit_fact"),
    "parties:end_fact": Line("unit_fact"),
    "parties:end_tie": Line("tie"),
    "parties:person": Line("person"),
    "parties:describe_person": Line("person"),
    "parties:rename_person": Line("person"),
    "parties:state_person_fact": Line("person", {"kind": "field"}),
    "parties:qualify": Line("person"),
    "parties:add_person_tie": Line("person"),
    "parties:end_person_row": Line("person_fact"),
    "parties:figures": Line("region"),
    "parties:compare": Line("unit", {"other": "@second_unit"}),
    "parties:tell_apart": Line("unit", {"other": "@second_unit"}),
    "parties:undo_merge": Line("merge"),
    "parties:association": Line("association"),
    "parties:second_person": Line("association"),
    "parties:profile": Line("association"),
    "parties:open_office": Line("association"),
    "parties:office": Line("office"),
    "parties:close_office": Line("office"),
}

OTHERS = {
    **{
        f"imports:{name}": Line("import")
        for name in ("detail", "progress", "correct", "start", "resume", "drop", "annotated")
    },
    "imports:copy": Line("import"),
    "imports:new": Line("", {"kind": "parties.units"}),
    "imports:template": Line("", {"kind": "parties.units"}),
    "imports:export": Line("", {"kind": "parties.units"}),
    "privacy:reveal": Line("unit", {"label": "parties.organisation", "column": "bank_account"}),
    "privacy:request": Line(
        "request", crosses=GUARDED, rows="all that is kept of a person, whose request is answered"
    ),
    "privacy:download": Line("copy"),
    "privacy:agree": Line("", {"kind": "publicity"}),
    "privacy:withdraw": Line("consent"),
    "ui:drop_view": Line("view"),
    "notifications:mark_read": Line("message"),
    "notifications:calendar": Line(
        "", {"token": "no-such-token"}, at_home="opens to whoever holds the secret"
    ),
    "notifications:wecom_ask": Line(at_home="this installation sends nothing by WeCom"),
    "notifications:review": Line("association"),
    "notifications:rules": Line("association"),
    "notifications:again": Line("sent_message"),
    "notifications:arrived": Line("sent_message"),
    "files:upload": Line("upload", also=("HEAD",)),
    "files:download": Line("file"),
    "approvals:detail": Line("approval"),
    "approvals:decide": Line("approval"),
    "approvals:withdraw": Line("approval"),
    "mfa_deactivate_totp": Line(at_home=NO_FACTOR),
    "mfa_download_recovery_codes": Line(at_home=NO_FACTOR),
    "account_confirm_email": Line("", {"key": "no-such-key"}),
    "account_reset_password_from_key": Line("", {"uidb36": "1", "key": "no-such-key"}),
}

API = {
    "api:call": Line("public_call", crosses=PUBLISHED),
    "api:categories": Line("public_call", crosses=PUBLISHED),
    "api:form": Line("public_call", query="node=c1", crosses=PUBLISHED, at_home="the call states no form"),
    "api:eligibility": Line("unit"),
    "api:category_eligibility": Line("unit", {"slug": "@public_call"}, query="node=c1"),
    "api:application": Line("draft"),
    "api:answers": Line("draft", post={"version": 1, "answers": {}}, also=("PUT",)),
    "api:check": Line("draft"),
    "api:submission": Line("draft", post={}),
    "api:attachments": Line("draft", query="field=photos"),
    "api:attachment": Line(
        "draft",
        {"file": "00000000-0000-0000-0000-000000000001"},
        also=("DELETE",),
        at_home="the draft names no such file",
    ),
    "api:receipts": Line("returned"),
    "api:withdrawal": Line("returned", post={"reason": "方案有变"}),
    "api:queue": Line("queue"),
    "api:token_made": Line("api_token"),
    "api:revoke": Line("api_token"),
    "api:webhook": Line("webhook"),
    "api:webhook_made": Line("webhook"),
    "api:try_out": Line("webhook"),
    "api:enable": Line("webhook"),
    "api:stop": Line("webhook"),
    "api:redeliver": Line("delivery"),
}

ENDORSING = {
    **{f"endorsement:{name}": Line("queue") for name in ("queue", "missing", "rank", "decide", "forward")},
    **{f"endorsement:{name}": Line("batch") for name in ("batch", "answer", "note_agreed", "recall")},
    "endorsement:summary": Line("queue", {"form": "xlsx"}),
    "endorsement:batch_summary": Line("batch", {"form": "xlsx"}),
    "endorsement:own_summary": Line(
        "returned", {"form": "xlsx"}, at_home="the call wants no summary table of its units"
    ),
    "filing:stamped_about": Line("batch", {"kind": "endorsement.batch"}),
    "filing:print_about": Line("batch", {"kind": "endorsement.batch"}),
    "endorsement:passage": Line("passage"),
    "endorsement:give_back": Line("passage"),
    "endorsement:office": Line("endorsed_call"),
    "endorsement:receive": Line("endorsed_call"),
    "endorsement:settle": Line("queue"),
    "endorsement:assign": Line("open_passage"),
    "endorsement:sign_on_paper": Line("open_passage"),
}

REVIEW = {
    "allocation:begin": Line("decided_call"),
    **{f"allocation:{name}": Line("decision") for name in ("decision", "policy", "pilots", "ranks", "table")},
    **{f"allocation:{name}": Line("selection") for name in ("item", "facts", "merge")},
    "review:call": Line("checked_call"),
    "review:begin": Line("checked_call"),
    **{f"review:{name}": Line("formal_check") for name in ("check", "refuse", "reopen")},
    "review:round_new": Line("judged_call"),
    **{
        f"review:{name}": Line("round")
        for name in ("round", "board", "round_take_in", "round_open", "round_close", "round_cancel")
    },
    "review:outcomes": Line("round", at_home="the round is not closed"),
    "review:pair": Line("round", {"expert": "@judging_expert", "application": "@judged_application"}),
    "review:task_seen": Line("review_task"),
    **{
        f"review:{name}": Line("own_review_task", at_home=OTHERS_JUDGE)
        for name in ("task", "task_save", "task_decline", "task_recuse")
    },
    "review:task_file": Line("own_review_task", {"file": "@judged_application"}, at_home=OTHERS_JUDGE),
    **{
        f"review:{name}": Line("expert_entered")
        for name in (
            *("expert", "change_expert", "rest_expert", "take_expert_out", "take_expert_back"),
            *("expert_account", "add_relation"),
        )
    },
    "review:end_relation": Line("relation"),
    "review:enter_expert": Line(
        more={"token": "made-up"}, at_home="the address is signed for whoever searched; see test_experts"
    ),
    "review:add_own_relation": Line("expert_entered", at_home=NOBODYS),
    "review:relations_whole": Line("expert_entered", at_home=NOBODYS),
}

LINES: dict[str, Line] = {
    **ACCEPTANCE,
    **ACTIVITIES,
    **PUBLIC_NOTICE,
    **API,
    **REVIEW,
    **GRANTS,
    **PORTAL,
    **CALLS,
    **FORM_DESK,
    **APPLICATIONS,
    **FILING,
    **ENDORSING,
    **MAY_WE,
    **CALENDARS_AND_REGULATIONS,
    **REGISTERS,
    **ACCOUNTS,
    **PARTIES,
    **OTHERS,
}
