"""What is wrong with an answer, judged without knowing the page."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keqiao.web.accounts.roles import GUARDS
from keqiao.web.applications.permissions import OF_A_UNIT
from tests.web.matrix.requests import Answer, Route
from tests.web.matrix.viewers import Viewer
from tests.web.matrix.worlds import World

SHARED_SEEN = {
    "accounts:accounts": "the three administrators look after the accounts of the installation",
    "accounts:units": "the security administrator keeps the people of all units",
    "accounts:people": "the security administrator keeps the people of all units",
    "accounts:invitations": "the security administrator keeps the people of all units",
    "privacy:requests": "the security administrator answers requests about personal data",
}
"""Pages without an object on which guards see names of people of all associations. Rows of associations: never."""

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
UNREACHED = frozenset({403, 404, 405})


@dataclass(frozen=True)
class Case:
    """One viewer at one route with the object of one world (None: an object that is not there, or none at all)."""

    route: Route
    viewer: Viewer
    world: World | None
    method: str
    admitted: bool

    @property
    def is_foreign(self) -> bool:
        """Is it an object that this viewer must not learn of?"""
        line, world = self.route.line, self.world
        if not line.of or world is None or line.crosses:
            return False
        owner = world.owners.get(line.of)
        if owner is not None:
            return self.viewer.pk != owner
        if self.viewer.home == world.number and line.of in world.readers:
            return self.viewer.role not in world.readers[line.of]
        return self.viewer.home != world.number and not self._is_kept_by_guards()

    def _is_kept_by_guards(self) -> bool:
        """A guard whom the declaration names as such looks after the whole installation."""
        opening = self.route.opening
        return bool(self.viewer.is_guard and opening and self.viewer.role in opening.who)

    def __str__(self) -> str:
        of = "nothing" if self.world is None else f"{self.route.line.of} of {self.world.number}"
        return f"{self.method} {self.route.name} ({of}) as {self.viewer.name}"


def judge(case: Case, answer: Answer, worlds: Sequence[World]) -> Iterator[str]:
    """Say what is wrong with the answer."""
    if answer.status >= 500:
        yield f"answers {answer.status}"
    if not case.admitted:
        yield from _refusal(case, answer)
    yield from _marks(case, answer, worlds)
    yield from _headers(case, answer)


def _refusal(case: Case, answer: Answer) -> Iterator[str]:
    if not is_refused(answer):
        yield f"lets in whom it does not declare ({answer.status})"
    if answer.written:
        yield f"refuses and writes {sorted(set(answer.written))}"


def is_refused(answer: Answer) -> bool:
    """Not found, or to the log-in, or for programs: show a token (405 names a page that is not for this method)."""
    if answer.status == 401 and "WWW-Authenticate" in answer.headers:
        return True
    to_log_in = answer.headers.get("Location", answer.headers.get("HX-Redirect", ""))
    return answer.status == 404 or (answer.status in (302, 401) and "/account/login/" in to_log_in)


def _marks(case: Case, answer: Answer, worlds: Sequence[World]) -> Iterator[str]:
    """No word of another association, and of drafts not even of the own, whatever page it is."""
    said = words_of(answer)
    excused = bool(case.route.line.crosses) or (
        case.viewer.role in GUARDS and (case.route.name in SHARED_SEEN or case._is_kept_by_guards())
    )
    for world in worlds:
        at_home = world.number == case.viewer.home
        if world.drafted.encode() in said and not (at_home and case.viewer.role in OF_A_UNIT):
            yield f"shows what a unit of {world.number} is writing"
        if at_home:
            continue
        if world.owned.encode() in said and not case.route.line.rows:
            yield f"shows rows of {world.number}"
        if world.shared.encode() in said and not excused:
            yield f"shows people of {world.number}"


def words_of(answer: Answer) -> bytes:
    """The body, unpacked where it is a workbook or an archive, with the headers."""
    said = answer.body
    if said.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(said)) as archive:
            said = b"".join(archive.read(name) for name in archive.namelist())
    return said + repr(answer.headers).encode()


def _headers(case: Case, answer: Answer) -> Iterator[str]:
    for name, value in EVERYWHERE.items():
        if answer.headers.get(name) != value:
            yield f"{name} is {answer.headers.get(name)!r}"
    if "frame-ancestors 'none'" not in answer.headers.get("Content-Security-Policy", ""):
        yield "may be framed"
    kept, vary = answer.headers.get("Cache-Control", ""), answer.headers.get("Vary", "")
    if case.viewer.session and (kept != "no-store" or "Cookie" not in vary):
        yield f"may be kept by others: {kept!r}, Vary {vary!r}"
    if "public" in kept and not (case.route.opening and case.route.opening.admits_anybody()):
        yield "a page for some may be kept for all"
