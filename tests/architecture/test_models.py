"""Every table says which kind of data it holds (docs/architecture.md)."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models

KINDS = {"shared", "owned", "published", "system"}
OWNER = "association_id"


def undeclared(tables: Iterable[type[models.Model]]) -> Iterator[str]:
    for table in tables:
        kind = table.__dict__.get("data_kind")
        columns = {field.attname for field in table._meta.concrete_fields}
        if kind not in KINDS:
            yield f"{table._meta.label}: data_kind is {kind!r}, not one of {', '.join(sorted(KINDS))}"
        elif kind == "owned" and OWNER not in columns:
            yield f"{table._meta.label}: owned, but has no column {OWNER}"


def our_tables() -> list[type[models.Model]]:
    return [table for table in apps.get_models() if table.__module__.startswith("keqiao.")]


def test_every_table_says_its_kind_of_data():
    assert our_tables() != []
    assert list(undeclared(our_tables())) == []


def planted(name: str, **columns: object) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "planted", "apps": apps.__class__()})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


def test_tables_without_a_kind_or_an_owner_are_found():
    tables = [
        planted("Silent"),
        planted("Wrong", data_kind="private"),
        planted("Ownerless", data_kind="owned"),
        planted("Owned", data_kind="owned", association_id=models.UUIDField()),
        planted("Shared", data_kind="shared"),
    ]

    assert list(undeclared(tables)) == [
        "planted.Silent: data_kind is None, not one of owned, published, shared, system",
        "planted.Wrong: data_kind is 'private', not one of owned, published, shared, system",
        "planted.Ownerless: owned, but has no column association_id",
    ]
