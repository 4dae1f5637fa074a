"""The first half of reviewing: experts are entered in the register, get their role by an invitation, say who they are,
declare what they are to others.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from keqiao.web.accounts.people.invitations import accept_invitation
from keqiao.web.accounts.people.pairings import accept_pairing, pairing_of
from keqiao.web.accounts.people.queries import invitations_of
from keqiao.web.parties import actions as parties
from keqiao.web.parties.actions import TieKind
from keqiao.web.parties.queries import local_day
from keqiao.web.review.actions.expert_accounts import give_account
from keqiao.web.review.actions.experts import ExpertDetails, enter_expert
from keqiao.web.review.actions.relations import Declared, declare, state_whole
from keqiao.web.review.queries.experts import experts_of_person
from keqiao.web.season.stages.scene import SOURCE, Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import ExpertDrawn, World

INTEREST = "interest"  # to a body; all other relations are to a person
Leaders = Mapping[str, str]
"""The person who leads the application of a unit, both by key."""


def play_experts(world: World, scene: Scene) -> Iterator[bool | str]:
    """Enter the experts that are not in the register yet; one expert, one transaction."""
    leaders = {each.unit: each.leader for each in reversed(world.applications)}
    for drawn in world.experts:
        person = scene.parties[drawn.person]
        is_new = not experts_of_person(person.pk).filter(association=scene.association).exists()
        yield is_new and _entered(drawn, leaders, scene)


@transaction.atomic
def _entered(drawn: ExpertDrawn, leaders: Leaders, scene: Scene) -> str:
    person, officer = scene.parties[drawn.person], scene.officer
    body, since = scene.association.organisation, local_day(scene.at)
    parties.tie(parties.NewTie(person, body, TieKind.EXPERT, since, SOURCE), **scene.by)
    details = ExpertDetails(drawn.title, drawn.fields)
    expert = enter_expert(
        scene.association.pk, person.pk, details, words("reviewing")["source"], by=(officer, scene.at)
    )
    account = scene.account(drawn.mail)
    give_account(expert.pk, drawn.mail, actor=officer, at=scene.at)
    for invitation in invitations_of(person.pk, body.pk, scene.at):
        accept_invitation(invitation.pk, user=account, name="", at=scene.at)
    pairing: Any = pairing_of(account)
    accept_pairing(pairing.pk, user=account, at=scene.at)
    account.refresh_from_db()
    if drawn.relation:
        declare(expert.pk, _declared(drawn, leaders, scene), actor=account, at=scene.at)
    state_whole(expert.pk, actor=account, at=scene.at)
    return "tied" if drawn.relation else "entered"


def _declared(drawn: ExpertDrawn, leaders: Leaders, scene: Scene) -> Declared:
    if drawn.relation == INTEREST:
        body = scene.parties[drawn.tied]
        return Declared(drawn.relation, body.name, organisation_id=body.pk)
    leader = scene.parties[leaders[drawn.tied]]
    return Declared(drawn.relation, leader.name, person_id=leader.pk)
