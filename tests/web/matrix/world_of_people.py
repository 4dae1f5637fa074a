"""People, offices, imports, approvals and what belongs to one account, in one association."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from keqiao.web.accounts import actions as accounts
from keqiao.web.accounts.models import LogIn, Pairing, Registration
from keqiao.web.accounts.people.invitations import Invited, invite
from keqiao.web.accounts.people.links import address_of
from keqiao.web.accounts.registration.contact import Contact
from keqiao.web.accounts.roles import Role
from keqiao.web.api.actions import NewWebhook, Wanted, make_token, set_up, try_out
from keqiao.web.api.kinds import Kind
from keqiao.web.api.scopes import Scope
from keqiao.web.approvals.models import Approval
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.imports.models import Import, ImportState
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.parties import actions as parties
from keqiao.web.parties.models import FactKind, Merge, PersonFactKind, TieKind
from keqiao.web.privacy.actions import ask as ask_for_data
from keqiao.web.privacy.actions import give_consent, publish_shipped_texts
from keqiao.web.privacy.copying import make_copy_at
from keqiao.web.privacy.models import ConsentKind, RequestKind
from keqiao.web.privacy.queries import text_in_force
from keqiao.web.ui.actions import NewView, save_view
from tests.web import make
from tests.web.matrix.world_of_calls import stored

BY = {"actor": None, "role": "tests", "at": make.LONG_AGO}
SINCE = date(2021, 1, 1)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
TABLE = b"unit,kind\nA,society\n"


def fill(world: Any) -> None:
    """Put all that into the world."""
    publish_shipped_texts(make.LONG_AGO)
    for part in (_people, _units, _registration, _people_of_the_unit, _work, _own):
        part(world)


def _people(world: Any) -> None:
    person = _person(world, "张")
    other = _person(world, "李")
    fact = parties.state_person_fact(
        parties.NewPersonFact(person, PersonFactKind.FIELD, f"{world.shared}园艺", SINCE, "测试"), **BY
    )
    world.objects |= {"person": person.pk, "second_person": other.pk, "person_fact": fact.pk}


def _person(world: Any, name: str) -> Any:
    person = parties.register_person(
        parties.PersonDetails(f"{name}{world.shared}", phone="13800000000"), **BY
    )
    parties.tie(parties.NewTie(person, world.unit, TieKind.MEMBER, SINCE, "测试", world.shared), **BY)
    return person


def _units(world: Any) -> None:
    region = world.association.organisation.region
    names = (f"第{world.number}市茶学会", f"第{world.number}市茶叶学会")
    kept, gone = (make.organisation(name, region=region) for name in names)
    same = parties.Sameness(kept.pk, gone.pk, f"{world.owned}重复")
    merge: Merge = parties.merge(same, actor=None, role="tests", at=timezone.now())
    now = {**BY, "at": timezone.now()}
    fact = parties.state_fact(parties.NewFact(world.unit, FactKind.LEVEL, "prefecture", SINCE, "测试"), **now)
    office = parties.open_office(world.association, parties.OfficeDetails(f"{world.owned}部"), **BY)
    world.objects |= {"merge": merge.pk, "unit_fact": fact.pk, "office": office.pk, "second_unit": kept.pk}


def _registration(world: Any) -> None:
    text = text_in_force(ConsentKind.REGISTRATION.value, timezone.now())
    made = Registration.objects.create(
        number=f"T{world.number:010}",
        association=world.association,
        endorsing_unit=world.unit,
        unit_name=f"{world.owned}学会",
        kind="society",
        region=world.association.organisation.region,
        contact_name=world.owned,
        email=contact_of(world),
        contact_key=f"email:{contact_of(world)}",
        certificate=_certificate(world),
        consent_text=text,
        submitted_at=make.LONG_AGO,
    )
    world.objects["registration"] = made.pk


def _certificate(world: Any) -> Any:
    upload = SimpleUploadedFile(f"{world.owned}证书.png", PICTURE)
    wanted = Announced("accounts.certificate", upload.name or "", len(PICTURE), world.association.pk)
    sender = Contact("email", contact_of(world), uuid4())
    return store_upload(upload, wanted, actor=sender, at=make.LONG_AGO)


def contact_of(world: Any) -> str:
    """The mail address by which the world's registration was sent."""
    return f"{world.owned}@example.org"


def _people_of_the_unit(world: Any) -> None:
    asked = Invited(f"{world.shared}@example.org", accounts.Terms(Role.APPLICANT, world.unit.pk))
    administrator = world.people[Role.UNIT_ADMIN.value]
    invitation = invite(asked, actor=administrator, at=timezone.now(), reason="新同事")
    colleague = world.people[Role.APPLICANT.value]
    world.objects |= {
        "invitation": invitation.pk,
        "token": address_of(invitation).rstrip("/").rsplit("/", 1)[-1],
        "role": colleague.grants.get().pk,
        "administration": administrator.grants.get().pk,
        "account": colleague.pk,
        "pairing": _pairing(world, colleague, "person"),
        "own_pairing": _pairing(world, world.officer, "second_person"),
    }
    world.owners["own_pairing"] = world.officer.pk


def _pairing(world: Any, user: Any, person: str) -> Any:
    return Pairing.objects.create(
        user=user,
        person_id=world.objects[person],
        organisation=world.unit,
        proposed_by=world.people[Role.UNIT_ADMIN.value],
        proposed_at=make.LONG_AGO,
    ).pk


def _work(world: Any) -> None:
    taken = Import.objects.create(
        association_id=world.association.pk,
        kind="parties.units",
        file=stored(world, "table", "名册.csv", TABLE),
        begun_by_id=world.officer.pk,
        begun_at=make.LONG_AGO,
        state=ImportState.READY.value,
        edition=1,
        sheet=world.owned,
    )
    now = timezone.now()
    approval = Approval.objects.create(
        association_id=world.association.pk,
        kind="programmes.publish_call",
        subject_kind="programmes.call",
        subject_id=str(world.objects["call"]),
        title=f"{world.owned}发布",
        arguments={"version": 1, "note": ""},
        basis={},
        difference=[],
        salt="0",
        digest="0",
        proposed_by_id=world.officer.pk,
        proposed_at=now - timedelta(hours=1),
        reason=world.owned,
        expires_at=now + timedelta(days=2),
    )
    world.objects |= {"import": taken.pk, "approval": approval.pk, "sent_message": _sent_message(world)}


def _sent_message(world: Any) -> Any:
    """A message of the association that failed; one more waits for a look."""
    said = {"unit": world.owned, "number": world.owned, "url": "https://example.org/"}
    terms = {"variables": said, "association_id": world.association.pk}
    for state in (MessageState.REVIEW, MessageState.FAILED):
        letter = Letter("registration.waits", address=f"{world.owned}@example.org", **terms)
        message = queue(letter, key=f"{world.owned}:{state}", at=timezone.now())[0]
        settled = timezone.now() if state is MessageState.FAILED else None
        Message.objects.filter(pk=message.pk).update(state=state, settled_at=settled)
    return message.pk


def _own(world: Any) -> None:
    """What belongs to the officer alone."""
    officer, now = world.officer, timezone.now()
    view = save_view(NewView("parties.organisations", world.owned[:20], "q=a"), actor=officer, at=now)
    session = SessionStore()
    session.create()
    details = {"agent": world.shared, "session_key": session.session_key}
    log_in = LogIn.objects.create(user=officer, outcome="in", at=now, **details)
    consent = give_consent(officer, text_in_force(ConsentKind.PUBLICITY.value, now), at=now)
    asked = ask_for_data(officer, RequestKind.CORRECT, world.shared, at=now)
    copied = make_copy_at(ask_for_data(officer, RequestKind.COPY, "", at=now).pk, now)
    own = {
        "view": view.pk,
        "session": log_in.pk,
        "consent": consent.pk,
        "request": asked.pk,
        "copy": copied.pk,
        "message": _message(world),
        "api_token": make_token(
            Wanted("业务系统", frozenset(Scope), now + timedelta(days=30)), actor=officer, at=now
        ).token.pk,
    }
    world.objects |= own
    world.owners |= dict.fromkeys(own, officer.pk)
    _webhook(world, now)


def _webhook(world: Any, now: Any) -> None:
    """An address that the association has told what happens, and one thing it was told."""
    address = "https://hooks.example.org/in"
    wanted = NewWebhook(world.association.pk, world.owned, address, frozenset({Kind.SUBMITTED}))
    with override_settings(WEBHOOK_HOSTS=["hooks.example.org"]):
        made = set_up(wanted, actor=world.officer, at=now).webhook
    told = try_out(made.pk, actor=world.officer, at=now)
    world.objects |= {"webhook": made.pk, "delivery": told.pk}
    world.readers |= dict.fromkeys(("webhook", "delivery"), frozenset({Role.OFFICER.value}))


def _message(world: Any) -> Any:
    variables = {"role": world.shared, "organisation": world.shared}
    letter = Letter("account.role_granted", recipient_id=world.officer.pk, variables=variables)
    return queue(letter, key=world.shared, at=timezone.now())[0].pk
