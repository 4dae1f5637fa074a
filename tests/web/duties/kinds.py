"""Kinds of the tests: a case to look at, a sheet that is over with its date."""

from collections.abc import Mapping

from keqiao.web.duties.kinds import Kind, Owed

MODULES = ("kinds", "queries", "actions", "reminding", "dated", "verification", "management.commands.duties")


def kinds_of_tests(owed: list[Owed] | None = None) -> Mapping[str, Kind]:
    """Return them; what is owed by the facts is in ``owed``."""
    facts = owed if owed is not None else []
    return {
        code: Kind(
            code=code,
            title="核对{title}",
            otherwise="不核对就不能发布",
            act="核对",
            many="待核对",
            link=lambda about: f"/cases/{about}/",
            owed_now=lambda code=code: [each for each in facts if each.kind == code],
            lapses=code == "tests.sheet",
            variables=frozenset({"title"}),
        )
        for code in ("tests.look", "tests.sheet")
    }
