"""What the security administrator owes people who ask about their data: an answer within the term of the law."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keqiao.core.workdays import last_moment
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role
from keqiao.web.privacy.models import RequestState, SubjectRequest
from keqiao.web.privacy.permissions import SECURITY_ADMIN
from keqiao.web.scope import INSTALLATION

REQUEST = SubjectRequest._meta.label_lower
ANSWER = "privacy.answer"


def answers_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each request that was not answered yet; nobody answers the own one."""
    for each in SubjectRequest.objects.filter(which or Q(), state=RequestState.OPEN.value):
        with override("zh-hans"):  # as all words that are kept
            asked = str(each.get_kind_display())
        yield Owed(
            ANSWER,
            key=f"answer:{each.pk}",
            about=(REQUEST, str(each.pk)),
            holder=for_role(SECURITY_ADMIN, INSTALLATION),
            association_id=INSTALLATION,
            at=each.received_at,
            due_at=last_moment(each.due_on),
            variables={"asked": asked},
            except_id=each.subject_id,
        )


def follow_request(request: SubjectRequest, at: datetime) -> None:
    """Open or close what is owed for a request as it stands."""
    owed = answers_owed(Q(pk=request.pk))
    follow([ANSWER], (REQUEST, str(request.pk)), owed, at=at, fact=request.state)


KINDS = [
    Kind(
        code=ANSWER,
        title=_("答复个人信息请求：{asked}"),
        otherwise=_("超过法定期限未答复，本人可以投诉"),
        act=_("去办理"),
        many=_("待答复的个人信息请求"),
        link=lambda about_id: reverse("privacy:request", args=[about_id]),
        list_link=lambda: reverse("privacy:requests"),
        owed_now=answers_owed,
        variables=frozenset({"asked"}),
        facts={"done": _("已办结"), "refused": _("不予办理")},
    )
]
