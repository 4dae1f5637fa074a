"""What is owed at a stage on paper: the unit brings the stamped page, then the office notes what it saw."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.lifecycle.endorsement import OFFICER, PassageState
from keqiao.core.workdays import last_moment
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.duties.actions import bring_up_to_date, follow
from keqiao.web.duties.kinds import About, Holder, Kind, Owed, for_role, for_roles
from keqiao.web.endorsement.asks_for_pages import is_signed_on_the_page, stage_of
from keqiao.web.endorsement.models import Passage
from keqiao.web.endorsement.stamps_owed import follow_stamps
from keqiao.web.filing.owed import LACKING, follow_page
from keqiao.web.filing.queries import stamped_of
from keqiao.web.programmes.queries import Offer

PAPER, SEEN = "endorsement.paper", "endorsement.paper_seen"
APPLICATION, PASSAGE = "applications.application", Passage._meta.label_lower
LONGEST_TITLE = 120


def papers_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each application whose stage is taken on paper: its unit brings the stamped page."""
    for row, came in _on_paper(which):
        if not came:
            about = (APPLICATION, str(row.application_id))
            yield _of(PAPER, about, row, for_roles(OF_A_UNIT, row.unit_id))


def sights_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each of them whose page came as it stands now: the office looks at it and notes the stage."""
    for row, came in _on_paper(which):
        if came:
            yield _of(SEEN, (PASSAGE, str(row.pk)), row, for_role(OFFICER, row.association_id))


def _on_paper(which: Q | None) -> Iterator[tuple[Passage, bool]]:
    """What waits at a stage on paper, and whether the page that is signed there came."""
    offers = Offer.objects.filter(call_id=OuterRef("call_id"), node=OuterRef("application__node"))
    waiting = Passage.objects.filter(
        which or Q(), state=PassageState.WAITING.value, manner=Manner.PAPER.value
    ).annotate(until=Subquery(offers.values("deadline_at")[:1]))
    rows = list(waiting.select_related("application", "call"))
    pages = {(APPLICATION, row.application_id): row.digest for row in rows if is_signed_on_the_page(row)}
    standing = stamped_of(pages) if pages else {}
    for row in rows:
        page = standing.get((APPLICATION, row.application_id))
        yield row, page is not None and page.state not in LACKING


def _of(kind: str, about: About, row: Passage, holder: Holder) -> Owed:
    title = row.application.title or row.application.number
    stage = stage_of(row)
    by = stage.deadline if stage else None
    return Owed(
        kind,
        f"{kind.rpartition('.')[2]}:{row.pk}:{row.stage}",
        about,
        holder,
        row.association_id,
        row.since,
        due_at=last_moment(by) if by else row.until,  # type: ignore[attr-defined]  an annotation
        variables={"title": title[:LONGEST_TITLE], "call": row.call.title[:LONGEST_TITLE]},
        within_id=str(row.call_id),
    )


def follow_paper(which: Q, at: datetime, fact: str) -> None:
    """Open and close what is owed on paper of these passages, and what is owed of the same page elsewhere."""
    for passage in Passage.objects.filter(which).only("pk", "application_id"):
        this, application = Q(pk=passage.pk), str(passage.application_id)
        follow([PAPER], (APPLICATION, application), list(papers_owed(this)), at=at, fact=fact)
        follow([SEEN], (PASSAGE, str(passage.pk)), list(sights_owed(this)), at=at, fact=fact)
        follow_page(passage.application_id, at, fact)
        follow_stamps(Q(lines__passage=passage.pk, lines__stands=True), at, fact)


def follow_call(which: Q) -> None:
    """Bring the dates up to date with the deadlines of a call."""
    bring_up_to_date([*papers_owed(which), *sights_owed(which)])


FACTS = {
    "signed": _("已签章"),
    "filed_on_paper": _("已报送"),
    "assigned": _("已改由系统办理"),
    "withdrawn": _("申报已撤回"),
    "returned": _("已退回修改"),
    "matched": _("已收到盖章页"),
    "attached": _("已收到盖章页"),
    "set_aside": _("盖章页已搁置"),
}
KINDS = [
    Kind(
        code=PAPER,
        title=_("签字盖章后上传盖章页：{title}（{call}）"),
        otherwise=_("没有盖章页，申报不能报送"),
        act=_("去办理"),
        many=_("待签字盖章的申报"),
        link=lambda about_id: reverse("applications:detail", args=[about_id]),
        owed_now=papers_owed,
        variables=frozenset({"title", "call"}),
        facts=FACTS,
    ),
    Kind(
        code=SEEN,
        title=_("核对盖章页并登记：{title}（{call}）"),
        otherwise=_("盖章页已到，不登记的，申报不能报送"),
        act=_("去登记"),
        many=_("待登记的盖章页"),
        link=lambda about_id: reverse("endorsement:sign_on_paper", args=[about_id]),
        owed_now=sights_owed,
        variables=frozenset({"title", "call"}),
        facts=FACTS,
    ),
]
