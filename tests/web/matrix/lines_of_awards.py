"""Lines of the rooms from the record of what was done to the acceptance (``lines``)."""

from tests.web.matrix.line import Line

OF_PROJECT = {"kind": "standin"}
ACTIVITIES = {
    "activities:project": Line("project", OF_PROJECT),
    "activities:choose": Line("project", OF_PROJECT),
    "activities:new": Line("project", {**OF_PROJECT, "fact": "activity"}),
    **{f"activities:{name}": Line("activity") for name in ("record", "edit")},
    "activities:act": Line("activity", {"act": "cancel"}),
    "activities:take_away": Line("evidence"),
    "indicators:targets": Line("project", OF_PROJECT),
    "indicators:snapshot": Line("snapshot"),
}

STANDS = "a public notice is read by everybody"
SECRET = "opens to whoever holds the secret of the link; see test_pages of public notices"
PUBLIC_NOTICE = {
    "public_notice:new": Line("noticed_call"),
    "public_notice:new_award": Line("noticed_call"),
    "public_notice:substitute": Line("dropped"),
    **{f"public_notice:{name}": Line("draft_notice") for name in ("edit", "sign")},
    **{
        f"public_notice:{name}": Line("notice")
        for name in ("notice", "act", "extend", "take_back", "withdraw")
    },
    "public_notice:act": Line("notice", post={"act": "take_down"}),
    "public_notice:paper": Line("notice", {"form": "docx"}),
    "public_notice:statement": Line("past_notice", {"form": "docx"}),
    "public_notice:objection": Line("objection"),
    **{f"public_notice:{name}": Line("award") for name in ("award", "edit_award", "issue", "upward")},
    "public_notice:award_paper": Line("award", {"form": "docx"}),
    "public_notice:letter": Line("letter", {"form": "docx"}),
    "public_notice:object": Line("notice_item", crosses=STANDS),
    "public_notice:follow": Line("", {"secret": "no-such-secret"}, at_home=SECRET),
    "public_notice:answer": Line("", {"secret": "no-such-secret", "form": "docx"}, at_home=SECRET),
    "portal:public_notice": Line("notice", crosses=STANDS),
    "portal:public_notice_calendar": Line("notice", crosses=STANDS),
    "portal:public_notice_paper": Line("notice", {"form": "docx"}, crosses=STANDS),
    "portal:public_statement": Line("past_notice", {"form": "docx"}, crosses=STANDS),
    "portal:public_award": Line("award", crosses="an award is made known to everybody"),
    "portal:public_award_paper": Line(
        "award", {"form": "docx"}, crosses="an award is made known to everybody"
    ),
}

GRANTS = {
    "grants:call": Line("granted_call"),
    "grants:begin": Line("granted_call"),
    **{
        f"grants:{name}": Line("grant")
        for name in ("grant", "agreement", "draft", "free_place", "receipt", "change", "settlement")
    },
    "grants:agreement_file": Line("grant", {"form": "docx"}),
    "grants:change_paper": Line("grant_change", {"form": "docx"}),
    "grants:settlement_file": Line("settlement", {"form": "docx"}),
    "grants:act": Line("grant", {"act": "finish"}),
    "grants:judge": Line("grant_receipt"),
    "grants:instalment_act": Line("instalment", {"act": "hold"}),
    "grants:change_act": Line("grant_change", {"act": "withdraw"}),
    "grants:settlement_act": Line("settlement", {"act": "submit"}),
}

NO_CONCLUSION = "a file only once there is a conclusion; see tests/web/acceptance/test_conclusion_paper.py"
ACCEPTANCE = {
    **{f"acceptance:{name}": Line("granted_call") for name in ("call", "open")},
    **{f"acceptance:{name}": Line("acceptance") for name in ("acceptance", "points", "close", "breach")},
    "acceptance:table": Line("acceptance", {"form": "xlsx"}),
    "acceptance:conclusion_file": Line("acceptance", {"form": "docx"}, at_home=NO_CONCLUSION),
    "acceptance:act": Line("acceptance", {"act": "extend"}),
    "acceptance:paper": Line("owed_paper"),
    "acceptance:entry": Line("credit_entry"),
    "acceptance:entry_act": Line("credit_entry", {"act": "drop"}),
    "acceptance:words": Line("credit_entry", {"act": "answer"}),
}
