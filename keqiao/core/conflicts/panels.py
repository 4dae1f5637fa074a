"""Whether experts fit together on a panel: not too many of one body."""

from collections.abc import Iterator, Sequence
from datetime import date

from keqiao.core.conflicts.facts import Body, Expert
from keqiao.core.conflicts.identity import counts, same_body
from keqiao.core.conflicts.policy import Policy
from keqiao.core.findings import Finding, Value, Weight


def panel_findings(panel: Sequence[Expert], policy: Policy, day: date) -> tuple[Finding, ...]:
    """Return where more experts than allowed belong to one body on ``day``; a person looks where only names agree."""
    rule = policy.get("panel_unit")
    if rule is None or rule.most is None:
        return ()
    found: dict[tuple[str, ...], Finding] = {}
    for body in _bodies(panel, day):
        sure, possible = _members(panel, body, day)
        if len(possible) <= rule.most:
            continue
        certain = len(sure) > rule.most
        names = sure if certain else possible
        weight = Weight.REFUSE if certain else Weight.ASK
        code = "conflict.panel_full" if certain else "conflict.panel_unsure"
        values: dict[str, Value] = {"body": body.name, "experts": names, "most": rule.most}
        found.setdefault(names, Finding(code, weight, values, rule.source))
    return tuple(found[names] for names in sorted(found))


def _bodies(panel: Sequence[Expert], day: date) -> Iterator[Body]:
    for expert in panel:
        yield from (post.body for post in expert.posts if counts(post, 0, day))


def _members(panel: Sequence[Expert], body: Body, day: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who surely belong to a body, and those who may."""
    sure, possible = [], []
    for expert in panel:
        answers = {same_body(post.body, body) for post in expert.posts if counts(post, 0, day)}
        if True in answers:
            sure.append(expert.id)
        if answers & {True, None}:
            possible.append(expert.id)
    return tuple(sorted(sure)), tuple(sorted(possible))
