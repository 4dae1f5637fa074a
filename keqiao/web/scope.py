"""For whom the program reads and writes just now: what row-level security on PostgreSQL goes by.

The queries of every room start from what a viewer may see. This is the wall behind them: on PostgreSQL a forgotten
filter shows no row of another association (docs/decisions/0037). Whoever begins work says for whom, with
:func:`working_as`; where nobody has said it, rows of associations are not there.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

INSTALLATION = UUID(int=0)
"""Owns the rows that belong to no association but to the installation: what its administrators decide together."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be read and written: those of ``associations``, about ``parties``, made by ``account``.

    ``everything`` is the program itself: its worker and its commands, never a request.
    """

    associations: frozenset[UUID] = frozenset()
    parties: frozenset[UUID] = frozenset()
    account: UUID | None = None
    everything: bool = False


NOBODY = Scope()
PROGRAM = Scope(everything=True)

_of_this_process = NOBODY
_current: ContextVar[Callable[[], Scope] | None] = ContextVar("scope", default=None)


def current_scope() -> Scope:
    """Return the scope in force."""
    said = _current.get()
    return _of_this_process if said is None else said()


def work_as_program() -> None:
    """Let this process work as the program itself, in all its threads: the worker, and commands. Never the server."""
    global _of_this_process  # noqa: PLW0603  one fact of the process, said once when it starts
    _of_this_process = PROGRAM


@contextmanager
def working_as(scope: Scope | Callable[[], Scope]) -> Iterator[None]:
    """Work in ``scope``; a function is asked when rows are first needed."""
    before = _current.set(scope if callable(scope) else lambda: scope)
    try:
        yield
    finally:
        _current.reset(before)


def working_for(association_id: UUID) -> AbstractContextManager[None]:
    """Work on the rows of one association only: for tasks of the worker that are about one."""
    return working_as(Scope(associations=frozenset({association_id})))


def crossing(why: str) -> AbstractContextManager[None]:
    """Read past the wall for one named purpose (``why``), in the narrowest query that serves it.

    Where a condition on rows can say what crosses, an opening says it (``keqiao.web.walls``) and this is not used.
    """
    if not why:
        raise ValueError("say why the wall is crossed")
    return working_as(PROGRAM)
