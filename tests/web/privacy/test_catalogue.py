"""The catalogue names every personal column of the installation, and everybody may read it."""

import pytest
from django.db import models
from django.urls import reverse

from keqiao.web.privacy.catalogue import excused, looks_personal, tables, undeclared
from keqiao.web.privacy.fields import EncryptedText
from keqiao.web.privacy.keys import columns

pytestmark = pytest.mark.django_db


def test_every_column_that_looks_personal_is_declared_or_excused():
    assert list(undeclared()) == []


def test_a_column_that_nobody_declared_would_be_found(monkeypatch):
    tables.cache_clear()
    monkeypatch.setattr("keqiao.web.parties.personal.TABLES", ())
    found = set(undeclared())
    tables.cache_clear()

    assert {"parties.person.birth_date", "parties.person.phone", "parties.office.email"} < found


@pytest.mark.parametrize(
    "field",
    [
        models.EmailField(name="to"),
        models.GenericIPAddressField(name="seen_from"),
        EncryptedText(name="secret"),
        models.CharField(name="contact_name"),
        models.CharField(name="mobile"),
        models.DateField(name="birth_date"),
        models.JSONField(name="phones"),
    ],
)
def test_these_columns_look_personal(field):
    assert looks_personal(field)


@pytest.mark.parametrize(
    "field",
    [
        models.CharField(name="state"),
        models.DateField(name="valid_from"),
        models.BooleanField(name="email_checked"),
        models.CharField(name="phone_kind", choices=[("a", "A")]),
    ],
)
def test_these_columns_do_not(field):
    assert not looks_personal(field)


def test_every_locked_column_is_declared_sensitive():
    declared = {f"{t.label}.{f.name}": f.sensitivity.value for t in tables() for f in t.fields}

    assert {declared[str(column)] for column in columns()} == {"sensitive"}


def test_what_is_excused_exists_and_is_not_declared_as_well():
    declared = {f"{t.label}.{f.name}" for t in tables() for f in t.fields}

    assert declared.isdisjoint(excused())


def test_everybody_reads_the_catalogue_in_words_and_as_json(client):
    page = client.get(reverse("privacy:catalogue"))
    values = client.get(reverse("privacy:catalogue_json")).json()["fields"]

    assert page.status_code == 200
    assert "核对身份和出生日期" in page.text
    assert len(values) == sum(len(table.fields) for table in tables())
    assert all(value["purpose"] and value["retention"] and value["basis"]["words"] for value in values)
    assert "sessionid" not in page.cookies
