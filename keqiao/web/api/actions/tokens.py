"""Make a token, revoke it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.api.models import Token
from keqiao.web.api.queries import digest_of, in_force, tokens_of
from keqiao.web.api.scopes import Scope
from keqiao.web.audit import log

PREFIX = "kq_"
"""So that a token that lies about in a file can be told for what it is."""
BYTES = 32
MOST_TOKENS = 20
LONGEST = timedelta(days=366)
SELF = "self"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token as somebody asks for it. ``unit_id`` narrows it to one of the person's units."""

    name: str
    scopes: frozenset[Scope]
    expires_at: datetime
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A token that was made; ``secret`` is shown this once and known to nobody afterwards."""

    token: Token
    secret: str


@transaction.atomic
def make_token(wanted: Wanted, *, actor: Any, at: datetime) -> Made:
    """Make a token for the actor.

    Raises:
        ValidationError: nothing is opened by it, it lasts too long, there are too many, or the unit is not the actor's.
    """
    _require_sound(wanted, actor, at)
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    token = Token.objects.create(
        account=actor,
        unit_id=wanted.unit_id,
        name=wanted.name.strip(),
        scopes=sorted(wanted.scopes),
        digest=digest_of(secret),
        made_at=at,
        expires_at=wanted.expires_at,
    )
    data = {"token": str(token.pk), "scopes": token.scopes, "until": wanted.expires_at.isoformat()}
    log.record("token_made", actor, actor=actor, role=SELF, at=at, data=data)
    return Made(token, secret)


def _require_sound(wanted: Wanted, actor: Any, at: datetime) -> None:
    if not wanted.scopes:
        raise ValidationError(_("请至少选择一项可做的事。"), code="token.opens_nothing")
    if not at < wanted.expires_at <= at + LONGEST:
        raise ValidationError(_("有效期最长一年。"), code="token.lasts_too_long")
    held = {grant.organisation_id for grant in actor.own_grants_at(at)}
    if wanted.unit_id is not None and wanted.unit_id not in held:
        raise ValidationError(_("您在这个单位没有角色。"), code="token.unit_foreign")
    if tokens_of(actor).filter(in_force(at)).count() >= MOST_TOKENS:
        raise ValidationError(
            _("在用的令牌已有 %(most)s 个。请先停用不再使用的。") % {"most": MOST_TOKENS},
            code="token.too_many",
        )


@transaction.atomic
def revoke_token(token_id: UUID, *, actor: Any, at: datetime) -> None:
    """Revoke one of the actor's tokens; it opens nothing from now on. Again: nothing happens.

    Raises:
        Token.DoesNotExist: the actor has no such token.
    """
    token = tokens_of(actor).select_for_update(of=("self",)).get(pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        log.record("token_revoked", actor, actor=actor, role=SELF, at=at, data={"token": str(token.pk)})
