"""Publication that a second person agrees to, where the association wants that (room ``approvals``)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.core.lifecycle.call import LEADER, OFFICER
from keqiao.web.accounts.queries import holders_of, user_with_id
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.programmes import permissions
from keqiao.web.programmes.actions.drafting import require_act
from keqiao.web.programmes.actions.publication import Signed, publish_approved, require_publishable
from keqiao.web.programmes.changes.revisions import changes_of_draft
from keqiao.web.programmes.changes.summaries import first_publication, next_publication
from keqiao.web.programmes.definitions import digest_of
from keqiao.web.programmes.models import Call, Draft, Revision
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.queries import PUBLISH_CALL, revision_in_force
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.ui.site_addresses import whole_address
from keqiao.web.ui.templatetags.shell import say

VALID_FOR = timedelta(days=7)
"""Time to decide, in natural days; what nobody decided can be proposed again."""
DIGEST_SHOWN = 12  # characters: enough to tell two versions apart
LONGEST_TITLE = 280  # characters of the call's title in that of the approval


def approvers(association_id: UUID, at: datetime) -> Iterable[Viewer]:
    """Return the officers and leaders of an association, each once; the room leaves the proposer out."""
    people = [*holders_of(LEADER, association_id, at), *holders_of(OFFICER, association_id, at)]
    return {person.pk: person for person in people}.values()


def current(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, what an approval rests on: the call's state, its draft, what is in force."""
    call = Call.objects.select_for_update().get(pk=subject.id)
    draft = Draft.objects.select_for_update().get(call=call)
    revision = revision_in_force(call)
    return {
        "state": call.state,
        "draft": draft.version,
        "content": digest_of(draft.definition)[:DIGEST_SHOWN],
        "revision": revision.number if revision else 0,
    }


def describe(subject: Subject, arguments: Arguments) -> Description:
    """Say in plain words what would be published: the whole call, or its differences.

    Raises:
        StaleDraft, Refused: it could not be published.
    """
    draft = Draft.objects.select_related("call").get(call_id=subject.id)
    require_act(draft.call, "publish", {OFFICER})
    programme = require_publishable(draft, arguments["version"], arguments["note"])
    with override("zh-hans"):  # frozen texts are Chinese, whoever asks
        if draft.call.slug is None:
            title, rows = _("发布“%(title)s”"), first_publication(programme)
        else:
            title, rows = _("发布“%(title)s”的新版本"), next_publication(changes_of_draft(draft))
        title = title % {"title": programme.title[:LONGEST_TITLE]}
        return Description(title, tuple(Change(*row) for row in rows))


def execute(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Publish for the proposer what the approver has agreed to, and tell the proposer.

    Raises:
        NotExecuted: publication is refused now, or the proposer's account is gone.
    """
    proposer = user_with_id(done.proposed_by_id)
    if proposer is None:
        raise NotExecuted(_("提交人的账号已不存在。"))
    signed = Signed(proposer, done.at, arguments["note"], done.approved_by)
    try:
        revision = publish_approved(UUID(subject.id), arguments["version"], signed)
    except Refused as refused:
        raise NotExecuted(*map(say, refused.findings)) from refused
    except StaleDraft as stale:
        raise NotExecuted(_("提交之后草稿又有修改。")) from stale
    _tell(proposer, revision, done)
    return {"revision": revision.number, "digest": revision.digest}


def _tell(proposer: Viewer, revision: Revision, done: Done) -> None:
    address = reverse("programmes:revision", args=[revision.call_id, revision.number])
    letter = Letter(
        "approval.published",
        recipient_id=proposer.pk,
        address=proposer.email or "",
        language=proposer.language,
        variables={
            "title": revision.call.title,
            "who": done.approved_by.get_full_name(),
            "url": whole_address(address),
        },
        about=(Call._meta.label_lower, str(revision.call_id)),
        association_id=revision.call.association_id,
    )
    queue(letter, key=f"published:{revision.pk}:{proposer.pk}", at=done.at)


ACTS = [
    Act(
        code=PUBLISH_CALL,
        label=gettext_lazy("发布通知"),
        may_propose=permissions.associations_as_officer,
        may_approve=permissions.associations_as_second_person,
        approvers=approvers,
        current=current,
        describe=describe,
        execute=execute,
        valid_for=VALID_FOR,
        approver_roles=(OFFICER, LEADER),
        labels={
            "state": gettext_lazy("通知状态"),
            "draft": gettext_lazy("草稿版次"),
            "content": gettext_lazy("草稿内容（摘要）"),
            "revision": gettext_lazy("已发布的版本"),
        },
        address=lambda subject: reverse("programmes:draft", args=[subject.id]),
    )
]
