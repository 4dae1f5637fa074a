"""Makers of acceptances: a project whose agreement is signed, its acceptance opened, filled in, handed in."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.web.acceptance import actions
from keqiao.web.acceptance.actions import Prepared, Wanted
from keqiao.web.acceptance.facts import facts_of
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.papers import PURPOSE, Length
from keqiao.web.approvals.actions import approve as agree
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.models import StoredFile
from keqiao.web.grants.actions import agreements
from keqiao.web.grants.models import Grant
from tests.web.grants.makers import DAY, NOW, Place

BAN = {
    "type": "sanction",
    "summary": "验收不合格，单位和负责人禁报三年",
    "trigger": ["结项验收不合格"],
    "effect": "ban",
    "years": 3,
    "subjects": ["单位", "项目负责人"],
    "what": "申报资格",
    "source": {"clause": "三5"},
}
FRAUD = {
    "type": "sanction",
    "summary": "弄虚作假的取消申报资格三年",
    "trigger": ["弄虚作假"],
    "effect": "ban",
    "years": 3,
    "subjects": ["单位"],
    "source": {"clause": "三6"},
}


class Closed(Place):
    """A project under way with its acceptance opened."""

    def __init__(self, **statements: Any) -> None:
        super().__init__(**statements)
        self.signed()
        if self.grant.state == "signed":
            agreements.start(self.pk, **self.by("officer"))
        self.acceptance_pk = actions.open_for(self.pk, **self.by("officer")).pk

    @property
    def row(self) -> Acceptance:
        """The acceptance as it stands now."""
        return Acceptance.objects.select_related("grant__application").get(pk=self.acceptance_pk)

    def file(self, name: str = "总结.pdf", who: str = "applicant") -> StoredFile:
        """A file that was sent as a deliverable."""
        content = b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n"
        wanted = Announced(PURPOSE, name, len(content), self.grant.association_id)
        return store_upload(SimpleUploadedFile(name, content), wanted, **self.by(who))

    def filled(self, finished_on: date = DAY) -> "Closed":
        """The unit has filled in everything."""
        rows = [each.row.key for part in facts_of(self.row, NOW).table.parts for each in part.rows]
        wanted = Prepared(finished_on, "经费到位较晚。", dict.fromkeys(rows, "天气原因，已补办"), {})
        actions.prepare(self.acceptance_pk, wanted, **self.by("applicant"))
        for paper in self.row.papers.all():
            actions.hand_in_paper(paper.pk, self.file(), Length(3200, 8), **self.by("applicant"))
        return self

    def handed_in(self) -> "Closed":
        """It is filled in and handed in."""
        actions.submit(self.filled().acceptance_pk, **self.by("applicant"))
        return self

    def concluded(self, act: str, reason: str = "", until: date | None = None) -> "Closed":
        """A conclusion is asked for, and the leader agrees."""
        asked = actions.ask_conclusion(self.acceptance_pk, Wanted(act, reason, until), **self.by("officer"))
        agree(asked.pk, **self.by("leader"))
        return self

    def agreed_at(self, approval: Any, who: str, at: Any) -> None:
        """A second person agrees at a later time."""
        agree(approval.pk, actor=getattr(self, who), at=at)

    @property
    def state(self) -> tuple[str, str]:
        """States of the acceptance and of the project."""
        return self.row.state, Grant.objects.get(pk=self.pk).state
