"""The straight way of a whole life, where examples begin on it, and by-ways that chance alone would seldom end."""

from collections.abc import Mapping
from datetime import timedelta

Step = str | timedelta

WAY: tuple[Step, ...] = (
    *("application.begins", "application.submit", timedelta(days=30), "formal_check.begins"),
    *("formal_check.answer", "formal_check.pass", "review_round.begins", "review_round.open"),
    *("review_round.assign", "review_task.accept", "review_task.begin", "review_task.seal"),
    *("review_round.close", "decision.begins", "decision.accept", "decision.approve"),
    *("public_notice.begins", "public_notice.sign", "public_notice.post", timedelta(days=10)),
    *("public_notice.conclude", "award.begins", "award.issue", "grant.begins"),
    *("grant.send", "grant.stamp", "grant.sign"),
    *("instalment.approve", "instalment.pay", "instalment.confirm"),
    *("activity.begins", "activity.report", "activity.verify", "receipt.begins", "receipt.judge"),
    *("acceptance.begins", "acceptance.prepare", "acceptance.submit", "acceptance.fail"),
    *("credit.answer", "credit.record"),
)
"""The straight way of everything, from a published call to a ban."""
DEPTHS = (1, 2, 6, 10, 13, 15, 16, 19, 21, 24, 27, 30, 33, 36, 38, 41)
"""So many steps of the way are gone when an example begins."""

_PAID = ("instalment.meet", "instalment.approve", "instalment.pay")
_SETTLED = ("receipt.judge", "settlement.begins", "settlement.submit", "settlement.admit")
BY_WAYS: Mapping[int, tuple[tuple[Step, ...], ...]] = {
    2: (
        (
            *("formal_check.begins", "application.withdraw", "application.take_up_again"),
            *("application.submit", "formal_check.begin_again"),
        ),
    ),
    6: (("formal_check.reopen", "review_round.begins", "formal_check.pass", "review_round.take_in"),),
    13: (("decision.begins", "decision.accept", "decision.send_back", "decision.approve"),),
    15: (("decision.approve",), ("decision.send_back", "decision.accept", "decision.approve")),
    19: (
        (
            *("objection.begins", "objection.ask_for_more", "objection.supply", "objection.accept"),
            *("objection.assign", "objection.find", "objection.send_back", "objection.find"),
            *("objection.uphold", "selection.substitute"),
        ),
        ("objection.begins", "objection.accept", "objection.assign", "objection.find", "objection.reject"),
        (timedelta(days=16), "public_notice.conclude"),
    ),
    24: (("grant.draft", "grant.draft", "grant.send", "grant.stamp", "grant.sign", "grant.start"),),
    27: (("instalment.approve", "instalment.pay", "instalment.bounce"),),
    30: (
        (*_PAID, *_SETTLED, "settlement.demand", "settlement.receive", "settlement.reopen"),
        ("change_request.begins", "change_request.submit", "change_request.take_note"),
    ),
    36: (
        (*_PAID, *_SETTLED, "settlement.demand", "settlement.waive"),
        (
            *(
                "grant.finish",
                "acceptance.prepare",
                "acceptance.submit",
                "acceptance.pass",
                *_PAID,
                *_SETTLED,
            ),
            *("settlement.demand", "settlement.receive", "grant.close"),
        ),
    ),
    38: ((*_PAID, *_SETTLED, "settlement.reopen", "settlement.admit", "settlement.close"),),
}
"""By the depth at which they turn off."""
