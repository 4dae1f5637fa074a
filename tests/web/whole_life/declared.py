"""What may become of each kind of case, as the requirements say it: written down here, not read from the program.

``docs`` of the house: services.md 1, inventory.md E to I, domain.md C3 to C5, D5 to D8. One line for each move: the
act, who may do it, from which states, to which state (``=``: it stays), and the event that tells of it. A line with
``begins`` tells how a case comes into being.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CALL = """
begins | officer | | draft | started
publish | officer | draft checked | published | published
open | officer clock | published | open | opened
close | officer clock | published open | closed | closed
cancel | officer leader | draft checked published open closed reviewing publicity decided | cancelled | cancelled
"""
APPLICATION = """
begins | applicant | | draft | started
submit | applicant | draft | submitted | submitted
correct | applicant | returned | submitted | corrected
withdraw | applicant | submitted returned | withdrawn | withdrawn
take_up_again | applicant | withdrawn | draft | taken_up_again
discard | applicant | draft | discarded | discarded
return | officer | submitted | returned | returned
let_stand | officer clock | returned | submitted | stood
"""
FORMAL_CHECK = """
begins | officer | | open | begun
answer | officer | open | = | answered
pass | officer | open | passed | passed
refuse | officer | open | refused | refused
reopen | officer | passed refused | open | reopened
return | officer | open | returned | returned
come_back | applicant officer clock | returned | open | came_back
withdraw | applicant | open passed returned refused | withdrawn | withdrawn
begin_again | officer | withdrawn | open | begun_again
"""
REVIEW_ROUND = """
begins | officer | | planned | made
take_in | officer | planned open | = | taken_in
assign | officer | planned open | = | assigned
open | officer clock | planned | open | opened
close | officer clock | open | closed | closed
reopen | officer | closed | open | reopened
cancel | officer | planned open | cancelled | cancelled
"""
REVIEW_TASK = """
begins | officer | | invited | invited
accept | expert | invited | accepted | accepted
decline | expert | invited accepted draft | declined | declined
begin | expert | accepted | draft | begun
save | expert | draft | = | saved
seal | expert | draft | sealed | sealed
recuse | expert officer program | invited accepted draft sealed | recused | recused
cancel | officer | invited accepted draft | cancelled | cancelled
miss | clock officer | invited accepted draft | missed | missed
allow_late | officer | missed | accepted | allowed_late
reopen | officer | sealed | draft | reopened
"""
DECISION = """
begins | officer | | open | begun
accept | officer | open | = | accepted
depart | officer | open | = | departed
propose_again | officer | open | = | proposed_again
ask | officer | open | = | asked
approve | leader finance | open | approved | approved
send_back | leader finance | open | = | sent_back
"""
SELECTION = """
begins | officer | | ranked | ranked
propose | officer | ranked reserve not_chosen | proposed | proposed
put_in_reserve | officer | ranked proposed not_chosen | reserve | put_in_reserve
leave_out | officer | ranked proposed reserve | not_chosen | left_out
rank_again | officer | proposed reserve not_chosen | ranked | ranked_again
approve | leader finance | proposed | approved | approved
send_back | leader finance | proposed approved | ranked | sent_back
post | officer clock | approved | in_notice | posted
hold | officer program | in_notice confirmed | held | held
clear | officer program | held | in_notice | cleared
confirm | officer | in_notice | confirmed | confirmed
drop | officer leader | approved in_notice held confirmed | dropped | dropped
substitute | officer | dropped withdrawn | substituted | substituted
withdraw | applicant | ranked proposed reserve approved in_notice held | withdrawn | withdrawn
"""
PUBLIC_NOTICE = """
begins | officer | | drafted | drafted
edit | officer | drafted | = | edited
sign | leader | drafted | signed | signed
take_back | officer | signed | drafted | taken_back
post | officer clock | signed | posted | posted
extend | officer | posted | = | extended
end | clock | posted | ended | ended
conclude | officer | ended | concluded | concluded
withdraw | officer leader | drafted signed posted ended | withdrawn | withdrawn
take_down | officer clock | concluded withdrawn | taken_down | taken_down
"""
OBJECTION = """
begins | objector | | raised | raised
ask_for_more | officer | raised | incomplete | asked_for_more
supply | objector | incomplete | raised | supplied
turn_away | officer | raised incomplete | turned_away | turned_away
accept | officer | raised | accepted | accepted
assign | officer leader | accepted investigated | investigated | assigned
find | investigator | investigated | found | found
send_back | leader | found | investigated | sent_back
uphold | leader | found | upheld | upheld
reject | leader | found | rejected | rejected
withdraw | objector | raised incomplete accepted investigated found | withdrawn | withdrawn
go_on | officer leader | withdrawn | accepted | gone_on
"""
AWARD = """
begins | officer | | drafted | drafted
issue | leader | drafted | issued | issued
"""
GRANT = """
begins | officer | | drafted | awarded
draft | officer | drafted | = | drafted
send | officer | drafted | sent | sent
take_back | officer | sent | drafted | taken_back
sign | officer | sent | signed | signed
start | officer clock | signed | running | started
change | program | signed running suspended | = | changed
suspend | officer leader | signed running | suspended | suspended
resume | officer leader | suspended | running | resumed
finish | applicant officer | running | finished | finished
work_on | officer program | finished | running | worked_on
close | officer | finished | closed | closed
fail | program | running suspended finished | failed | failed
terminate | leader | signed running suspended finished | terminated | terminated
give_up | applicant officer | drafted sent | given_up | given_up
free_place | officer leader | given_up | = | place_freed
reopen | program | closed failed | finished | reopened
"""
INSTALMENT = """
begins | officer | | planned | planned
meet | officer program | planned | due | met
request | officer | due | requested | requested
approve | finance leader | requested | approved | approved
refuse | finance leader | requested | due | refused
recall | officer program | requested | due | recalled
pay | finance | approved | paid | paid
confirm | applicant finance | paid | confirmed | confirmed
bounce | finance | paid | due | bounced
hold | officer leader | planned due requested approved | held | held
release | officer leader | held | planned | released
cancel | leader | planned due held | cancelled | cancelled
"""
RECEIPT = """
begins | applicant officer | | claimed | claimed
judge | officer finance | claimed judged | judged | judged
"""
CHANGE_REQUEST = """
begins | applicant | | drafted | drafted
edit | applicant | drafted returned | = | edited
submit | applicant | drafted returned | submitted | submitted
return | officer | submitted | returned | returned
approve | officer leader | submitted | approved | approved
take_note | officer | submitted | noted | noted
refuse | officer leader | submitted returned | refused | refused
withdraw | applicant | submitted returned | withdrawn | withdrawn
discard | applicant | drafted | discarded | discarded
"""
SETTLEMENT = """
begins | applicant officer | | open | opened
submit | applicant | open returned | submitted | submitted
return | finance officer | submitted | returned | returned
settle_for_unit | officer | open returned | submitted | settled_for_unit
admit | finance | submitted | admitted | admitted
demand | finance | admitted | repayment_due | demanded
receive | finance | repayment_due | closed | received
waive | leader | repayment_due | closed | waived
close | finance | admitted | closed | closed
reopen | finance | admitted repayment_due closed | submitted | reopened
"""
ACTIVITY = """
begins | applicant | | held | recorded
add_evidence | applicant | held returned | = | evidence_added
edit | applicant | held returned | = | edited
cancel | applicant | planned filed postponed held | cancelled | cancelled
report | applicant | held returned | reported | reported
return | officer | reported | returned | returned
verify | officer | reported | verified | verified
disallow | officer | reported returned verified | not_counted | disallowed
look_again | officer | verified not_counted | reported | looked_at_again
lock | clock program | verified | locked | locked
"""
ACCEPTANCE = """
begins | officer | | due | opened
prepare | applicant | due returned rectifying | = | prepared
submit | applicant | due returned rectifying | submitted | submitted
extend | officer | due returned rectifying | = | extended
return | officer | submitted | returned | returned
rectify | officer | submitted | rectifying | rectification_ordered
pass | officer | submitted | passed | passed
fail | officer | due returned rectifying submitted | failed | failed
anew | leader | passed failed | submitted | concluded_anew
drop | program | due returned rectifying submitted | dropped | dropped
"""
CREDIT = """
begins | officer | | proposed | proposed
answer | subject | proposed | = | answered
record | leader | proposed | in_force | recorded
drop | officer leader | proposed | dropped | dropped
appeal | subject officer | in_force | appealed | appealed
uphold | leader | appealed | upheld | upheld
lift | leader | in_force appealed upheld | lifted | lifted
expire | clock | in_force appealed upheld | expired | expired
"""
DEBARMENT = """
begins | officer | | in_force | debarred
lift | officer | in_force appealed stayed | lifted | lifted
"""
APPROVAL = """
begins | proposer | | proposed | proposed
approve | approver | proposed | approved | approved
refuse | approver | proposed | refused | refused
withdraw | proposer | proposed | withdrawn | withdrawn
expire | clock | proposed | expired | expired
"""


@dataclass(frozen=True)
class Step:
    """One declared move."""

    act: str
    roles: frozenset[str]
    sources: frozenset[str]
    target: str
    event: str


def steps(words: str) -> dict[str, Step]:
    """The moves of one kind of case by act."""
    found = {}
    for line in filter(None, words.splitlines()):
        act, roles, sources, target, event = (part.strip() for part in line.split("|"))
        found[act] = Step(act, frozenset(roles.split()), frozenset(sources.split()), target, event)
    return found


LIVES: Mapping[str, Mapping[str, Step]] = {
    "call": steps(CALL),
    "application": steps(APPLICATION),
    "formal_check": steps(FORMAL_CHECK),
    "review_round": steps(REVIEW_ROUND),
    "review_task": steps(REVIEW_TASK),
    "decision": steps(DECISION),
    "selection": steps(SELECTION),
    "public_notice": steps(PUBLIC_NOTICE),
    "objection": steps(OBJECTION),
    "award": steps(AWARD),
    "grant": steps(GRANT),
    "instalment": steps(INSTALMENT),
    "receipt": steps(RECEIPT),
    "change_request": steps(CHANGE_REQUEST),
    "settlement": steps(SETTLEMENT),
    "activity": steps(ACTIVITY),
    "acceptance": steps(ACCEPTANCE),
    "credit": steps(CREDIT),
    "debarment": steps(DEBARMENT),
    "approval": steps(APPROVAL),
}
BY_EVENT: Mapping[str, Mapping[str, Step]] = {
    kind: {step.event: step for step in life.values()} for kind, life in LIVES.items()
}


def after(kind: str, state: str | None, event: str, role: str) -> str:
    """The state after an event; None: the case is not there yet. Raises AssertionError: no declared step."""
    step = BY_EVENT[kind].get(event)
    assert step is not None, f"{kind}: nobody declared the event {event}"
    assert role in step.roles, f"{kind}: {event} is declared for {sorted(step.roles)}, {role} did it"
    if state is None:
        assert step.act == "begins", f"{kind}: {event} is no beginning"
    else:
        assert state in step.sources, f"{kind}: {event} is not declared from {state}"
    return state or "" if step.target == "=" else step.target
