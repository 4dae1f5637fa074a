"""Who may see, propose and decide what. The rights themselves belong to the acts of the rooms above."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.approval import roles_in_approval
from keqiao.web.approvals.acts import Act, Viewer, act_called, all_acts
from keqiao.web.approvals.models import Approval

NOTHING = Q(pk__in=[])


def proposed_by(viewer: Viewer) -> Q:
    """Approvals that the viewer asked for."""
    return Q(proposed_by_id=viewer.pk) if viewer.is_authenticated else NOTHING


def decidable_by(viewer: Viewer, at: datetime) -> Q:
    """Approvals, in any state, of acts that the viewer may approve there; never those proposed by the viewer."""
    if not viewer.is_authenticated:
        return NOTHING
    held = _anywhere((act, act.may_approve(viewer, at)) for act in all_acts())
    return held & ~Q(proposed_by_id=viewer.pk)


def visible_to(viewer: Viewer, at: datetime) -> Q:
    """Approvals the viewer asked for, and those of acts the viewer may propose or approve there."""
    if not viewer.is_authenticated:
        return NOTHING
    shared = _anywhere((act, act.may_propose(viewer, at)) for act in all_acts())
    return proposed_by(viewer) | decidable_by(viewer, at) | shared


def takes_part(viewer: Viewer, at: datetime) -> bool:
    """May ``viewer`` ask for some act, or approve one, anywhere?"""
    return viewer.is_authenticated and any(
        act.may_propose(viewer, at) or act.may_approve(viewer, at) for act in all_acts()
    )


def may_propose(viewer: Viewer, act: Act, association_id: UUID, at: datetime) -> bool:
    """May ``viewer`` ask for ``act`` in this association?"""
    return viewer.is_authenticated and association_id in act.may_propose(viewer, at)


def may_decide(viewer: Viewer, approval: Approval, at: datetime) -> bool:
    """Has ``viewer`` the right to approve this act there? Does not ask who proposed it."""
    act = act_called(approval.kind)
    return (
        act is not None and viewer.is_authenticated and approval.association_id in act.may_approve(viewer, at)
    )


def roles_towards(viewer: Viewer, approval: Approval, at: datetime) -> frozenset[str]:
    """Return the roles of ``viewer`` in an approval that its life asks about."""
    return roles_in_approval(
        proposed_it=viewer.pk == approval.proposed_by_id, may_approve=may_decide(viewer, approval, at)
    )


def _anywhere(held: Iterable[tuple[Act, Iterable[UUID]]]) -> Q:
    condition = NOTHING
    for act, associations in held:
        if associations:
            condition |= Q(kind=act.code, association_id__in=associations)
    return condition
