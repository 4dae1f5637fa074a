"""How to hand in and whom to ask, in words."""

from collections.abc import Iterator

from keqiao.core.programme.filing import Filing, FilingWays
from keqiao.core.programme.parties import Office
from keqiao.writers.notice.figures import figure
from keqiao.writers.notice.plan import Wording

_DELIVERY = {"onsite": "现场报送", "post": "邮寄"}


def filing_words(ways: FilingWays, what: str, wording: Wording) -> str:
    """Copies, paper and ways of delivery in one sentence, without a stop."""
    parts = [_paper(ways, what, wording), _delivery(ways), _electronic(ways)]
    if ways.own_keeping:
        parts.append("纸质材料由申报单位自行留存")
    if ways.extra_pages:
        parts.append("表格不够可另附页")
    if ways.collective:
        parts.append(ways.collective)
    return "，".join(part for part in parts if part) or f"{what}按要求填报"


def _channels(ways: FilingWays) -> tuple[str, ...]:
    return ways.channels if isinstance(ways, Filing) else ways.deliver


def _paper(ways: FilingWays, what: str, wording: Wording) -> str:
    copies = f"一式{figure(ways.copies, wording)}份" if ways.copies else ""
    proofs = f"（证明材料{figure(ways.proof_copies, wording)}份）" if ways.proof_copies else ""
    print_ = f"{ways.paper_size or ''}{'双面' if ways.duplex else ''}"
    parts = [
        f"用{print_}打印" if print_ else "",
        ways.binding or "",
        "加盖公章" if ways.stamped else "",
    ]
    paper = "纸质" if "paper" in _channels(ways) and not copies else ""
    return "，".join(part for part in (f"{paper}{what}{copies}{proofs}", *parts) if part)


def _delivery(ways: FilingWays) -> str:
    chosen = [words for channel, words in _DELIVERY.items() if channel in _channels(ways)]
    to = "、".join(ways.to)
    if not chosen:
        return f"报{to}" if to else ""
    return f"{'或'.join(chosen)}{'至' if to else '主办单位'}{to}"


def _electronic(ways: FilingWays) -> str:
    online = "登录申报系统在线填报" if "system" in _channels(ways) else ""
    kinds = "和".join(ways.electronic) or "电子版"
    mailbox = ways.email if isinstance(ways, Filing) and ways.email else ""
    by_mail = "email" in _channels(ways) or mailbox or ways.electronic
    sent = (f"{kinds}发至邮箱{mailbox}" if mailbox else f"{kinds}通过邮箱报送") if by_mail else ""
    return "，".join(part for part in (online, sent) if part)


def office_lines(office: Office, *, scope: bool) -> Iterator[str]:
    """An office on lines of their own: who, telephones, mailboxes, address; with ``scope`` what it is for."""
    what = office.scope if scope else None
    if office.department:
        yield f"责任部门：{office.department}{f'（{what}）' if what else ''}"
    elif what:
        yield f"咨询范围：{what}"
    if office.name:
        yield f"联系人：{office.name}"
    if office.phones:
        yield f"联系电话：{'、'.join(office.phones)}"
    if office.emails:
        yield f"电子邮箱：{'、'.join(office.emails)}"
    if office.address:
        yield f"地址：{office.address}"
