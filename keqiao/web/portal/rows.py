"""What a list shows of a call beside its title: money, who may apply, and the categories that fit what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.readers.search_words import applicant_kinds
from keqiao.web.programmes.public_face.rows import codes_between_bars
from keqiao.web.programmes.public_face.search import offers_of
from keqiao.web.ui.templatetags.shell import money

KINDS_SHOWN = 4
FITTING_SHOWN = 3
NOTHING_ASKED = Q(pk=None)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as a line of a list. ``fitting``: the first categories that fit; ``more``: how many others do."""

    call: Any
    money: str
    applicants: str
    fitting: list[Any]
    more: int


def rows_of(calls: Iterable[Any], wanted: Q = NOTHING_ASKED) -> list[CallRow]:
    """Return the lines of ``calls``, with the categories that fit ``wanted``; one query for all of them."""
    listed = list(calls)
    fits = ExpressionWrapper(wanted, output_field=BooleanField())
    offers = offers_of(call.pk for call in listed).annotate(fits=fits)
    of_call = {pk: list(found) for pk, found in groupby(offers, key=lambda offer: offer.call_id)}
    return [_row(call, of_call.get(call.pk, [])) for call in listed]


def money_words(offers: Iterable[Any]) -> str:
    """Say the least and the most that one project gets; empty where the call states no amount per project."""
    amounts = [
        amount for offer in offers for amount in (offer.least_fen, offer.most_fen) if amount is not None
    ]
    if not amounts:
        return ""
    least, most = min(amounts), max(amounts)
    if least == most:
        return _("%(money)s/项") % {"money": money(most)}
    return _("%(least)s–%(most)s/项") % {"least": money(least), "most": money(most)}


def applicants_words(offers: Iterable[Any]) -> str:
    """Say the kinds of applicant that the call takes, in the order of the vocabulary."""
    taken = {code for offer in offers for code in codes_between_bars(offer.applicants)}
    names = [kind.label(get_language() or "") for code, kind in applicant_kinds().items() if code in taken]
    more = _(" 等 %(n)s 类") % {"n": len(names)} if len(names) > KINDS_SHOWN else ""
    return _("；").join(names[:KINDS_SHOWN]) + more


def _row(call: Any, offers: list[Any]) -> CallRow:
    fitting = [offer for offer in offers if offer.fits]
    more = len(fitting) - FITTING_SHOWN
    return CallRow(call, money_words(offers), applicants_words(offers), fitting[:FITTING_SHOWN], max(more, 0))
