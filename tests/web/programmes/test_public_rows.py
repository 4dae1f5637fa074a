"""The rows that the public side reads: made with each publication, made again by a command, compared by verify."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from keqiao.readers.search_words import applicant_kinds, themes
from keqiao.web.parties.profile.actions import Logo, save_profile
from keqiao.web.parties.queries import public_edition
from keqiao.web.programmes.actions import publish
from keqiao.web.programmes.models import Call, Draft, Offer
from keqiao.web.programmes.public_face.rows import between_bars, codes_between_bars
from keqiao.web.programmes.verification import check_offers
from tests.web import make

pytestmark = pytest.mark.django_db

WAN = 1_000_000  # fen


def revise(call: Call, days: int = 1, **statements) -> None:
    """Publish the call again with these statements changed."""
    draft = Draft.objects.get(call=call)
    draft.definition |= statements
    draft.save()
    at = make.LONG_AGO + timedelta(days=days)
    publish(call.pk, draft.version, actor=call.created_by, at=at, note="延期")


def test_a_published_call_is_offered():
    call = make.published_call()

    offer, portion = call.offers.get(), call.portions.get()
    assert (offer.name, offer.applicants, offer.themes) == ("科普活动", "|society|", "|popular|")
    assert (offer.most_fen, offer.total_fen, offer.places) == (3 * WAN, 12 * WAN, 4)
    assert (portion.categories, portion.total_fen, portion.places) == (1, 12 * WAN, 4)
    assert offer.deadline_at == call.deadline_at


def test_a_draft_is_not_offered():
    make.draft_call()

    assert Offer.objects.count() == 0


def test_a_moved_deadline_is_the_same_date_changed_once():
    call = make.published_call()
    before = call.milestones.get(kind="deadline")
    assert (before.on, before.changes, before.changed_at) == (date(2026, 6, 30), 0, make.LONG_AGO)

    revise(call, title="另一个标题")
    revise(call, days=2, deadline={"on": "2026-07-15", "at": "17:30"})

    after = call.milestones.get(kind="deadline")
    assert (after.node, after.on, after.changes) == (before.node, date(2026, 7, 15), 1)
    assert after.changed_at == make.LONG_AGO + timedelta(days=2)


def test_every_change_that_the_public_sees_counts():
    begun = public_edition()
    call = make.published_call()
    published = public_edition()
    revise(call, title="另一个标题")
    revised = public_edition()
    call.association.site_name = "换了名称的科协"
    save_profile(call.association, Logo(), actor=call.created_by, at=make.LONG_AGO)

    assert [begun < published, published < revised, revised < public_edition()] == [True] * 3
    make.draft_call()
    assert public_edition() == revised + 1


def test_the_command_makes_them_again_and_verify_compares(capsys):
    call = make.published_call()
    assert check_offers().faults == ()
    assert check_offers().checked == 1

    Offer.objects.update(most_fen=5 * WAN)
    assert [fault.about for fault in check_offers().faults] == [f"{call.pk} offer"]

    call_command("programme", "offers")
    assert capsys.readouterr().out == f"{call.slug}\t1\n"
    assert check_offers().faults == ()


def test_codes_between_bars_are_read_back():
    for codes in (list(applicant_kinds()), list(themes()), []):
        assert codes_between_bars(between_bars(codes)) == codes
