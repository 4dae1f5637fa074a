"""Programs that ask the interface."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from keqiao.web.accounts.models import User
from keqiao.web.api.actions import Wanted, make_token
from keqiao.web.api.scopes import Scope
from keqiao.web.config.middleware.arrival import database_now

ALL = frozenset(Scope)


def secret_of(account: User, *scopes: Scope, at: datetime | None = None, **wanted: Any) -> str:
    """A new token of an account, with all scopes unless some are named."""
    made_at = at or database_now()
    asked = Wanted("测试", frozenset(scopes) or ALL, made_at + timedelta(days=30), **wanted)
    return make_token(asked, actor=account, at=made_at).secret


def program(account: User, *scopes: Scope, **wanted: Any) -> Client:
    """A program that shows a token of the account."""
    return Client(headers={"Authorization": f"Bearer {secret_of(account, *scopes, **wanted)}"})


def sent(client: Client, method: str, address: str, body: Any = None, **headers: str) -> Any:
    """Send JSON and return the answer."""
    return client.generic(method, f"/api/v1{address}", _text(body), "application/json", headers=headers)


def _text(body: Any) -> Any:
    return "" if body is None else json.dumps(body)
