"""Acts of a whole life, fourth part: agreements, instalments, receipts."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.web.applications.models import Application
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.grants.actions import agreements, instalments, receipts, working
from keqiao.web.grants.actions.beginning import Beginning, begin_grants
from keqiao.web.grants.asking import ask
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.terms import fingerprint
from keqiao.web.grants.to_be_stamped import KINDS
from tests.web.whole_life import seen
from tests.web.whole_life.known import Known, Thing, act

SHARES = (60, 40)
WORKS = ("signed", "running", "finished")
SETTLES = ("signed", "running", "finished", "failed", "terminated", "suspended")
CHANGES = ("signed", "running", "suspended")
LINES = ("场地费", "讲师费")


def of(life: Known, thing: Thing) -> Thing:
    """The grant that a case belongs to."""
    return thing if thing.kind == "grant" else life.things["grant"][thing.grant]


def money(life: Known, thing: Thing) -> dict[str, Any]:
    """How the money of its grant stands."""
    return seen.money(of(life, thing).pk)


def awaiting(life: Known) -> list[Thing]:
    """Confirmed, and without a grant."""
    begun = {each.selection for each in life.all("grant")}
    return [each for each in life.all("selection", state="confirmed") if each.pk not in begun]


@act(
    "grant.begins",
    "officer",
    on="call",
    touches="instalment",
    fits=lambda life, call: call.pk == life.main and bool(awaiting(life)),
)
def begin(life: Known, call: Thing, who: str) -> None:
    """Let the grants begin."""
    begin_grants(call.pk, Beginning(shares=SHARES), len(awaiting(life)), **life.by(who))


@act("grant.draft", "officer", touches="instalment")
def draft(life: Known, grant: Thing, who: str) -> None:
    """Write down term and instalments; the work begins today, or later."""
    row = seen.row("grant", grant.pk)
    first = row.amount_fen * SHARES[0] // 100
    pays = [
        agreements.Payment("第1期", first, "signed"),
        agreements.Payment("第2期", row.amount_fen - first, "acceptance"),
    ]
    begins = life.today() + timedelta(days=20 * (life.number() % 2))
    stated = agreements.Drafted(begins, row.ends_on, life.today(), ("按季度报告",), pays)
    agreements.draft(grant.pk, stated, **life.by(who))
    grant.facts["page"] = None


@act("grant.send", "officer")
def send(life: Known, grant: Thing, who: str) -> None:
    """Send the agreement."""
    agreements.send(grant.pk, **life.by(who))


@act("grant.take_back", "officer")
def take_back(life: Known, grant: Thing, who: str) -> None:
    """Take it back."""
    agreements.take_back(grant.pk, "金额写错", **life.by(who))
    grant.facts["page"] = None


@act("grant.stamp", "unit", on="grant", fits=lambda _life, grant: grant.state == "sent" and not grant.page)
def stamp(life: Known, grant: Thing, who: str) -> None:
    """Print the page, and bring it stamped."""
    if grant.state != "sent" or grant.page or who != grant.unit:
        raise Application.DoesNotExist
    actor, at = life.people[who], life.now
    page = make_page((GRANT, grant.pk), actor=actor, at=at)
    pdf = page_pdf(page, KINDS[0].to_sign(actor, grant.pk, at))
    wanted = Announced(STAMPED, "page.pdf", len(pdf), life.association.pk)
    file = store_upload(SimpleUploadedFile("page.pdf", pdf), wanted, actor=actor, at=at)
    take_scan(file, actor=actor, at=at)
    grant.facts["page"] = grant.facts["printed"] = True


@act(
    "grant.sign",
    "officer",
    touches="instalment",
    more="started",
    fits=lambda _life, grant: (
        bool(grant.page) if grant.page is not None else (None if grant.printed else False)
    ),
)
def sign(life: Known, grant: Thing, who: str) -> None:
    """Enter that all have signed."""
    agreements.sign(grant.pk, fingerprint(seen.row("grant", grant.pk)), **life.by(who))


@act("grant.start", "officer")
def start(life: Known, grant: Thing, who: str) -> None:
    """Let the work begin."""
    agreements.start(grant.pk, **life.by(who))


@act("grant.give_up", "officer unit")
def give_up(life: Known, grant: Thing, who: str) -> None:
    """It is not taken on."""
    agreements.give_up(grant.pk, "人员变动", **life.by(who))
    grant.facts["given_up_by"] = who


@act(
    "grant.free_place",
    "second leader",
    touches="selection",
    fits=lambda life, grant: (
        life.things["selection"][grant.selection].state == "confirmed"
        and (None if grant.given_up_by in ("second", "leader") else True)
    ),
)
def free_place(life: Known, grant: Thing, who: str) -> None:
    """Make its place free."""
    agreements.free_place(grant.pk, **life.by(who))


@act("grant.finish", "officer unit")
def finish(life: Known, grant: Thing, who: str) -> None:
    """The work is done."""
    working.finish(grant.pk, **life.by(who))


@act("grant.resume", "officer leader")
def resume(life: Known, grant: Thing, who: str) -> None:
    """It goes on."""
    working.resume(grant.pk, "整改完成", **life.by(who))


def two(code: str, reason: str = "请审批") -> Any:
    """An officer asks for it."""

    def asking(life: Known, thing: Thing, who: str) -> Any:
        return ask(code, thing.pk, reason, **life.by(who))

    return asking


def works(life: Known, thing: Thing) -> bool:
    """Is its grant at work?"""
    return of(life, thing).state in WORKS


act("grant.suspend", "leader", ask=True)(two("grants.suspend"))


def has_not_passed(life: Known, grant: Thing) -> bool:
    """What passed its acceptance is not terminated."""
    acceptance = life.the("acceptance", grant=grant.pk)
    return acceptance is None or acceptance.state != "passed"


act("grant.terminate", "leader", ask=True, fits=has_not_passed, touches="acceptance")(two("grants.terminate"))


@act("instalment.meet", "officer", fits=works)
def meet(life: Known, row: Thing, who: str) -> None:
    """Its condition holds."""
    instalments.meet(row.pk, **life.by(who))


for _second in ("approve", "refuse", "withdraw"):
    _name = {"withdraw": "recall"}.get(_second, _second)
    _by = "officer" if _second == "withdraw" else "finance leader"
    act(f"instalment.{_name}", _by, fits=works, ask=True, second=_second)(two("grants.pay"))


@act("instalment.pay", "finance", fits=works)
def pay(life: Known, row: Thing, who: str) -> None:
    """Enter that it was paid."""
    instalments.pay(row.pk, f"B{life.number()}", life.today(), **life.by(who))


@act("instalment.confirm", "finance unit")
def confirm(life: Known, row: Thing, who: str) -> None:
    """It has arrived."""
    instalments.confirm(row.pk, **life.by(who))


def can_bounce(life: Known, row: Thing) -> bool:
    """Nothing of it was given back, and the ledger is open."""
    stands = money(life, row)
    return not stands["closed"] and sum(stands["paid"].values()) - row.amount >= stands["back"]


@act("instalment.bounce", "finance", fits=can_bounce)
def bounce(life: Known, row: Thing, who: str) -> None:
    """The bank sent it back."""
    instalments.bounce(row.pk, "账号有误", **life.by(who))


@act("instalment.hold", "officer leader")
def hold(life: Known, row: Thing, who: str) -> None:
    """Hold it."""
    instalments.hold(row.pk, "等待报告", **life.by(who))


@act("instalment.release", "officer leader", fits=lambda life, row: not money(life, row)["closed"])
def release(life: Known, row: Thing, who: str) -> None:
    """Let it go on."""
    instalments.release(row.pk, "报告已交", **life.by(who))


def is_booked(life: Known, row: Thing) -> bool:
    """Does an open ledger hold it?"""
    stands = money(life, row)
    return stands["lines"] is not None and not stands["closed"]


act("instalment.cancel", "leader", fits=is_booked, ask=True)(two("grants.cancel"))


def settlement_in(life: Known, thing: Thing, *states: str) -> bool:
    """Has the settlement of its grant not begun, or gone no further?"""
    found = life.the("settlement", grant=of(life, thing).pk)
    return found is None or found.state in states


def takes_receipts(life: Known, grant: Thing) -> bool:
    """At work or ended, and the settlement not submitted."""
    return grant.state in SETTLES and settlement_in(life, grant, "open", "returned")


@act("receipt.begins", "unit", on="grant", fits=takes_receipts)
def claim(life: Known, grant: Thing, who: str) -> None:
    """Hand a receipt in, for any sum."""
    n = life.number()
    file = grant.file or uuid4()  # before it is signed, nothing can be sent for it
    line = LINES[n % 2]
    said = receipts.Claimed(f"F{n}", line, "付款", life.today(), 100_000 * (1 + n % 25), file)
    receipts.claim(grant.pk, said, **life.by(who))


def room(life: Known, receipt: Thing) -> int:
    """How much of a receipt its line and its grant have room for, beside what is admitted of it."""
    stands, row = money(life, receipt), seen.row("receipt", receipt.pk)
    if stands["lines"] is None:
        return 0
    line = stands["lines"].get(row.line, 0) - stands["admitted"].get(row.line, 0)
    whole = sum(stands["lines"].values()) - sum(stands["admitted"].values()) - stands["back"]
    return min(row.claimed_fen, (row.admitted_fen or 0) + max(0, min(line, whole)))


def may_judge(life: Known, receipt: Thing) -> bool:
    """Before the settlement is admitted."""
    is_through = not settlement_in(life, receipt, "open", "returned", "submitted")
    return of(life, receipt).state in SETTLES and not is_through


@act("receipt.judge", "officer finance", fits=may_judge)
def judge(life: Known, receipt: Thing, who: str) -> None:
    """Admit what there is room for, now and then less."""
    fen = room(life, receipt) if life.number() % 3 else room(life, receipt) // 2
    receipts.admit(receipt.pk, fen, "核减", **life.by(who))
