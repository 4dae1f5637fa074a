"""Who asks: nobody, somebody without a role, the three administrators, and a holder of each role of each world."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from keqiao.web.access import PUBLIC, SIGNED_IN, Opening
from keqiao.web.accounts.models import User
from keqiao.web.accounts.registration.contact import KEY
from keqiao.web.accounts.roles import GUARDS
from tests.web import make
from tests.web.api.callers import secret_of
from tests.web.matrix.world_of_people import contact_of
from tests.web.matrix.worlds import World


@dataclass(frozen=True)
class Viewer:
    """Somebody with a browser. ``home`` is the number of the world the viewer belongs to, 0 for none."""

    name: str
    role: str = ""
    home: int = 0
    user: User | None = None
    session: str = ""
    token: str = ""

    @property
    def pk(self) -> UUID | None:
        """The account."""
        return self.user.pk if self.user else None

    @property
    def is_guard(self) -> bool:
        """Is this one of the three administrators?"""
        return self.role in GUARDS

    def client(self, **how: bool) -> Client:
        """A browser with this viewer's session, and the token of a program of the viewer; nothing else."""
        shown = {"Authorization": f"Bearer {self.token}"} if self.token else None
        browser = Client(raise_request_exception=False, headers=shown, **how)
        if self.session:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return browser

    def is_admitted(self, opening: Opening) -> bool:
        """Does the declaration let this viewer in? Read off the declaration, not asked of the program."""
        if PUBLIC in opening.who:
            return True
        return self.user is not None and (SIGNED_IN in opening.who or self.role in opening.who)


def signed_in(user: User) -> str:
    """The key of a session of ``user``."""
    browser = Client()
    browser.force_login(user)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def of_account(name: str, user: User, role: str = "", home: int = 0) -> Viewer:
    """A viewer with an account."""
    return Viewer(name, role, home, user, signed_in(user), secret_of(user))


def contact(world: World) -> Viewer:
    """Whoever sent the world's registration: has no account, but proved a mail address in this session."""
    session = SessionStore()
    proof = {"kind": "email", "address": contact_of(world), "pk": str(uuid4())}
    session[KEY] = {**proof, "proved_at": timezone.now().isoformat()}
    session.create()
    return Viewer(f"contact of {world.number}", home=world.number, session=session.session_key or "")


def all_viewers(at_home_in: Sequence[World]) -> Iterator[Viewer]:
    """Everybody: of the worlds ``at_home_in``, a holder of each role."""
    yield Viewer("anonymous")
    yield of_account("without role", make.user())
    for role in sorted(GUARDS):
        yield of_account(role.value, make.holder(role), role.value)
    for world in at_home_in:
        yield contact(world)
        for role, user in world.people.items():
            yield of_account(f"{role} of {world.number}", user, role, world.number)
