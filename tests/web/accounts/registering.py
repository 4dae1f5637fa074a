"""How tests register a unit: as visitors do, by the pages, with the code from the outbox."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts.models import Registration, User
from keqiao.web.notifications.models import Message
from tests.web import make

CODE = "51411200MJ00000014"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
CONTACT = "contact@example.org"


def code_sent_to(address: str) -> str:
    """The code of the last message to an address or number."""
    sent = Message.objects.filter(address=address).order_by("-queued_at").first()
    return sent.variables["code"]


def proved(address: str = CONTACT) -> Client:
    """A visitor who has proved an address."""
    client = Client()
    client.post(reverse("accounts:register"), {"address": address})
    answer = client.post(reverse("accounts:register_code"), {"code": code_sent_to(address)})
    assert answer.headers["Location"] == reverse("accounts:registrations_mine")
    return client


def facts(association: Any, region: Any, **said: Any) -> dict[str, Any]:
    """What a society says of itself, whole and right."""
    return {
        "association": association.pk,
        "unit_name": "三门峡市果树学会",
        "kind": "society",
        "credit_code": CODE,
        "region": region.pk,
        "level": "prefecture",
        "contact_name": "王芳",
        "post": "秘书长",
        "certificate": SimpleUploadedFile("证书.png", PICTURE),
        "statement": "on",
        "consent": "on",
        **said,
    }


def registered(association: Any = None, address: str = CONTACT, **said: Any) -> Registration:
    """A registration that waits to be verified."""
    association = association or make.association()
    region = said.pop("region", None) or make.region(code=f"41{association.slug[1:]:0>4}", name="三门峡市")
    client = proved(address)
    answer = client.post(reverse("accounts:register_new"), facts(association, region, **said))
    assert answer.status_code == 302, answer.context["form"].errors
    return Registration.objects.latest("submitted_at")


def decide(client: Client, registration: Registration, act: str, **said):
    address = reverse("accounts:registration", args=[registration.pk])
    return client.post(address, {"act": act, "administers": "on", **said})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def state_of(registration: Registration) -> str:
    registration.refresh_from_db()
    return registration.state
