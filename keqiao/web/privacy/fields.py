"""Columns for personal values that are kept locked, and for finding rows by them.

::

    class Person(Party):
        identity_number = EncryptedText(_("身份证号码"), mask=mask_identity_number)
        identity_key = BlindIndex(_("身份标识"), of="identity_number", unique=True)

A row's attribute is ``""`` or a :class:`Sealed`: whatever prints it prints the mask; only ``plain()`` opens it, and
showing that to somebody is an act of its own (``privacy.actions.reveal``). To write, assign plain text and save. The
row id must be known before the row is saved (a UUID key), because the value is bound to it. In migrations both are
plain text columns, so that old migrations need none of our code.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from keqiao.web.privacy.ciphers import Place, Token, blind_digest, lock, unlock
from keqiao.web.privacy.masks import Mask, mask_all

DIGEST_LENGTH = 64


def one_spelling(text: str) -> str:
    """Return a number as it is digested: narrow signs, capital letters, without spaces and dashes."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in narrow if not sign.isspace() and sign not in "-‐‑–—")


class Sealed:
    """A locked value of one row. Prints as its mask; compares by identity; never empty."""

    __slots__ = ("_mask", "_place", "_raw")

    def __init__(self, raw: str, place: Place, mask: Mask) -> None:
        self._raw, self._place, self._mask = raw, place, mask

    def plain(self) -> str:
        """Return the value itself, for a computation or inside the act of revealing it.

        Raises:
            KeyMissing: its key is not in the ring.
            ValueDamaged: it was changed, or comes from another row.
        """
        return unlock(self._raw, self._place) if isinstance(self._raw, Token) else self._raw

    def masked(self) -> str:
        """Return as much of it as everybody may see who sees the row."""
        return self._mask(self.plain())

    __str__ = masked

    def __repr__(self) -> str:
        return "<sealed>"

    def stands_at(self, place: Place) -> bool:
        """Is it locked already, and for this place?"""
        return isinstance(self._raw, Token) and self._place == place

    @property
    def raw(self) -> str:
        """Return the token, or the text that was assigned and is not saved yet."""
        return self._raw


class SealedAttribute(DeferredAttribute):
    """Gives what a row holds as ``""`` or :class:`Sealed`."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        raw = super().__get__(instance, cls)
        if isinstance(raw, Sealed):
            return raw
        return Sealed(raw, self.field.place_in(instance), self.field.mask) if raw else ""

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = "" if value is None else value


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """A text that stands locked in its column; ``mask`` says what may be shown of it without an act."""

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, mask: Mask = mask_all, **kwargs: Any) -> None:
        self.mask = mask
        kwargs.update(editable=False, default="", blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse tables whose row id is not known before the row is saved."""
        key = self.model._meta.pk
        while key.remote_field:
            key = key.target_field
        found = (
            []
            if key.has_default()
            else [checks.Error("an encrypted text needs a row id with a default", obj=self)]
        )
        return [*super().check(**kwargs), *found]

    def place_in(self, instance: models.Model) -> Place:
        """Return where the value of ``instance`` stands."""
        row = getattr(
            instance, self.model._meta.pk.attname
        )  # of the field's own table: a child's row comes later
        return Place(self.model._meta.db_table, self.column, str(row))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return Token(value) if value else value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else super().to_python(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001  Django's signature
        value = getattr(model_instance, self.attname)
        if not value:
            return ""
        place = self.place_in(model_instance)
        return value.raw if value.stands_at(place) else lock(value.plain(), place)

    def get_prep_value(self, value: Any) -> Any:
        """Let tokens and nothing through: plain text in a query would neither match nor be bound to a row."""
        if value is None or value == "" or isinstance(value, Token):
            return value
        raise FieldError(f"{self}: assign the value to a row and save it; search by its blind index.")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in ("exact", "in", "startswith"):  # tokens only, for turning keys
            raise FieldError(f"{self} is encrypted: search by its blind index.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        value = getattr(obj, self.attname)
        return str(value.raw) if value else ""


class BlindAttribute(DeferredAttribute):
    """Gives the stored digest, or that of a value that was assigned and is not saved yet."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        source = instance.__dict__.get(self.field.source)
        if source is None or isinstance(source, Token):
            return super().__get__(instance, cls)
        text = source.plain() if isinstance(source, Sealed) else source
        return self.field.digest_of(text) if text else None

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class BlindIndex(models.CharField):  # type: ignore[type-arg]
    """The keyed digest of an encrypted text: finds rows by the exact value and keeps it unique, and tells nothing.

    ``normal`` brings what people type into the one spelling that is digested. Saving some columns only, name both.
    """

    descriptor_class = BlindAttribute

    def __init__(
        self, *args: Any, of: str = "", normal: Callable[[str], str] = one_spelling, **kwargs: Any
    ) -> None:
        self.source, self.normal = of, normal
        kwargs.update(max_length=DIGEST_LENGTH, null=True, blank=True, default=None, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def digest_of(self, text: str) -> str:
        """Return the digest of ``text`` in its normal form, to search with: ``filter(identity_key=…)``."""
        return blind_digest(f"{self.model._meta.label_lower}.{self.source}", self.normal(text))
