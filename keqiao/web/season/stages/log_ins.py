"""The stage of accounts: who can log in and act for which units. One account with its roles, one transaction."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from keqiao.web.accounts import actions as accounts
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.accounts.roles import Role
from keqiao.web.season.stages.scene import PROGRAM, SOURCE, Scene
from keqiao.web.season.world import LogIn, World


def play_log_ins(world: World, scene: Scene) -> Iterator[bool]:
    """Open the accounts that are not there yet, and give each the roles that it lacks."""
    for log_in in world.log_ins:
        yield _account(log_in, scene)


@transaction.atomic
def _account(log_in: LogIn, scene: Scene) -> bool:
    account = user_with_mail(log_in.mail) or _open(log_in, scene)
    held = account.organisations_as(log_in.role, scene.at)
    missing = [key for key in log_in.units if scene.parties[key].pk not in held]
    for key in missing:
        terms = accounts.Terms(Role(log_in.role), scene.parties[key].pk)
        accounts.grant(account, terms, actor=None, at=scene.at, reason=SOURCE)
    return bool(missing)


def _open(log_in: LogIn, scene: Scene) -> Any:
    wanted = accounts.NewAccount(
        log_in.name, email=log_in.mail, password=scene.password, is_demonstration=True
    )
    return accounts.open_account(wanted, actor=None, role=PROGRAM, at=scene.at)
