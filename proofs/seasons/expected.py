"""What a season of each call does: acts by stage, and what exercises each type of rule that the call has."""

from collections.abc import Iterator, Mapping

from keqiao.core.programme import Programme
from keqiao.core.programme.tree import walk
from keqiao.core.rules.table import TYPES, Nature, Part
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Ending

Acts = Mapping[str, set[str]]
STAYS = {Ending.OPEN.value}
EVERYWHERE: Acts = {
    "checking": {"passed", "refused", "left"},
    "reviewing": {
        "entered",
        "tied",
        "opened",
        "accepted",
        "declined",
        "sealed",
        "replaced",
        "late",
        "closed",
    },
    "deciding": {"begun", "found_out", "accepted", "departed", "sent_back", "approved"},
    "noticing": {
        *("posted", "upheld", "rejected", "open", "ended", "concluded", "substituted", "awarded"),
    },
    "agreeing": {"begun", "signed", "paid"},
}
"""In every call, however small the season is."""
LARGE: Acts = {
    "checking": {"irrelevant", "returned"},
    "agreeing": {"given_up"},
    "working": {
        *("recorded", "sent_back", "disallowed", "verified"),
        *("target_met", "target_nearly", "target_missed", "target_exceeded"),
        *("receipt_admitted", "receipt_cut", "receipt_refused"),
        *("change_approved", "change_refused", "change_noted"),
    },
    "accepting": {
        *(
            "opened",
            "handed_in",
            "handed_in_late",
            "put_right_until",
            "put_right",
            "passed",
            "failed",
            "closed",
        ),
        *("condition_met", "paid", "bounced", "instalment_cancelled"),
        *("settlement_admitted", "settled_for_unit", "demanded", "paid_back", "waived"),
    },
    "next_year": {"opened", "refuses_applicants", "refuses_debarment"},
}
"""In every call, in a season of forty units; then what only some calls have, with the clause it comes from."""
HERE: Mapping[str, Acts] = {
    "henan": {
        "reviewing": {"fraud"},  # the integrity question of its scorecard
        "accepting": {"nothing_follows"},  # the document threatens nothing
    },
    "hunan": {
        "reviewing": {"vetoed"},
        "deciding": {"second_key"},  # 二2: together with the finance bureau
        "accepting": {
            *("found_fraud", "found_subcontracted", "told_unit", "answered"),
            *("recorded_ban", "recorded_revoke", "appeal_refused"),  # 二3, 一5
        },
        "next_year": {"unit_debarment", "unit_sanction"},
    },
    "jining": {
        "reviewing": {"fraud"},
        "noticing": {"passed_on"},  # 通知二
        "accepting": {"found_below_standard", "told_unit", "answered", "recorded_revoke", "appeal_refused"},
    },
    "sanmenxia": {
        "reviewing": {"vetoed"},
        "deciding": {"joined"},  # topics of the catalogue that are the same
        "accepting": {
            *("told_unit", "told_leader", "answered", "recorded_ban", "appeal_refused"),  # 一（二）2
        },
        "next_year": {"unit_debarment", "leader_debarment"},
    },
    "yinchuan": {"accepting": {"nothing_follows"}},
}
"""Of these, what comes before the acceptance is so in small seasons as well."""
HERE_LARGE: Mapping[str, Acts] = {
    "henan": {"deciding": {"pilot_won", "pilot_lost"}},  # 附件·三（四）2
    "sanmenxia": {"noticing": {"titled"}},  # 附件1·三（四）2
}
ENVELOPES = {"hunan": "jianshe"}
"""The category whose places are all filled and whose money is all given: 四（三）3."""
LATE = ("accepting", "next_year")
"""The stages of which a small season, with its few projects, does not show everything."""


def expected(slug: str, *, is_large: bool) -> set[str]:
    """Return the acts that are drawn for a call, as ``stage.act``."""
    found = [_endorsing(slug), EVERYWHERE]
    found += [LARGE, HERE[slug], HERE_LARGE.get(slug, {})] if is_large else [_early(HERE[slug])]
    return {f"{stage}.{act}" for acts in found for stage, names in acts.items() for act in names}


def _early(acts: Acts) -> Acts:
    return {stage: names for stage, names in acts.items() if stage not in LATE}


def _endorsing(slug: str) -> Acts:
    """Fates and endings that are drawn, where lists go on; where there are none, units file by themselves."""
    said = words("endorsing")[slug]
    fates = {fate for row in said["applications"] for fate in row["fates"]} - {"left"}
    endings = {row["ending"] for row in said["queues"]} - STAYS
    return {"endorsing": fates | endings if said["queues"] else set()}


TASKS: Mapping[Part, tuple[str, ...]] = {
    Part.FILING: ("applications",),
    Part.ENDORSEMENT: ("endorsing.recommended", "endorsing.signed", "stamping.stamped"),
    Part.REVIEW: ("reviewing.closed",),
    Part.PUBLIC_NOTICE: ("noticing.posted", "noticing.awarded"),
    Part.CARRYING_OUT: ("working.recorded",),
    Part.CLOSING: ("accepting.closed",),
}
"""Rules that nobody judges are exercised by what is done: one of these, for each part of the call."""


def rule_types(programme: Programme) -> Iterator[str]:
    """Yield each type of rule that a call has, once."""
    nodes = [programme, *(node for _path, node in walk(programme))]
    yield from sorted({rule.type for node in nodes for rule in node.rules})


def exercised(kind: str, counts: Mapping[str, int]) -> int:
    """How often rules of a type were exercised: answers where they are judged, else what was done."""
    known = TYPES[kind]
    if kind == "recommend_up":
        return counts.get("noticing.passed_on", 0)
    if known.nature is Nature.TASK and known.part is not None:
        return sum(counts.get(name, 0) for name in TASKS[known.part])
    return sum(count for name, count in counts.items() if name.startswith(f"rule {kind}: "))


def envelope(slug: str, programme: Programme) -> tuple[str, int, int]:
    """Return the category of a call that is to be filled, its places and its sum in fen; ("", 0, 0): none is."""
    for _path, node in walk(programme):
        if node.id == ENVELOPES.get(slug) and node.places is not None and node.funding is not None:
            return node.id, node.places.count or 0, node.funding.total_fen or 0
    return "", 0, 0
