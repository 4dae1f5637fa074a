"""The stage of accounts: who can log in and act for a unit. One account with its role, one transaction."""

from collections.abc import Iterator

from django.db import transaction

from keqiao.web.accounts import actions as accounts
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.accounts.roles import Role
from keqiao.web.season.stages.scene import PROGRAM, SOURCE, Scene
from keqiao.web.season.world import LogIn, World


def play_log_ins(world: World, scene: Scene) -> Iterator[bool]:
    """Open the accounts that are not there yet."""
    for log_in in world.log_ins:
        known = user_with_mail(log_in.mail) is not None
        if not known:
            _open(log_in, scene)
        yield not known


@transaction.atomic
def _open(log_in: LogIn, scene: Scene) -> None:
    wanted = accounts.NewAccount(
        log_in.name, email=log_in.mail, password=scene.password, is_demonstration=True
    )
    account = accounts.open_account(wanted, actor=None, role=PROGRAM, at=scene.at)
    terms = accounts.Terms(Role.APPLICANT, scene.parties[log_in.unit].pk)
    accounts.grant(account, terms, actor=None, at=scene.at, reason=SOURCE)
