"""Random plain values for any model of the definition, straight from its fields (not from the shapes of forms)."""

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1
)
SENTENCES = (
    (st.text("市科协推荐、（一）abc 019.…“”", min_size=1, max_size=12) | WORDS).map(str.strip).filter(bool)
)
IDENTIFIERS = st.from_regex(r"[a-z][a-z0-9._-]{0,6}", fullmatch=True)
DAYS = st.dates(date(1950, 1, 1), date(2200, 1, 1)).map(date.isoformat)
PRINTED = st.sampled_from(("1988-xx-xx", "2026-06-xx", "xxxx-01-01"))
NUMBERS = st.integers(-500, 10_000) | st.decimals(-99, 99, places=3).map(lambda d: f"{d.normalize():f}")
BOUNDED = {"year": st.integers(1950, 2200), "hour": st.sampled_from(("17:30", "24:00"))}
ELSEWHERE = ("categories", "tracks", "fields", "checks", "paper", "shown_if", "required_if")
"""What has a page of its own: the nodes of the tree, what a form asks, and when it asks it."""
DEEPEST = 3


def statements(annotation: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Plain values of a type; a model may still refuse some of them."""
    kind = get_origin(annotation)
    if kind is Annotated:
        return _noted(annotation, depth)
    if kind in (Union, UnionType):
        return _one_of([each for each in get_args(annotation) if each is not NoneType], depth)
    if kind is Literal:
        return st.sampled_from(get_args(annotation))
    if kind is tuple:
        return _several(get_args(annotation)[0], depth)
    if kind is dict:
        return st.dictionaries(SENTENCES, _details(), max_size=2)
    return _simple(annotation, depth)


def _simple(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    if issubclass(annotation, BaseModel):
        return of_model(annotation, depth + 1)
    if issubclass(annotation, StrEnum):
        return st.sampled_from([each.value for each in annotation])
    by_type: dict[type, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(0, 50),
        str: SENTENCES,
        date: DAYS,
        time: st.sampled_from(("08:00:00", "23:59:00")),
    }
    return by_type[annotation]


def _one_of(kinds: list[Any], depth: int) -> st.SearchStrategy[Any]:
    if Decimal in {each if get_origin(each) is not Annotated else get_args(each)[0] for each in kinds}:
        return NUMBERS | SENTENCES if str in {_bare(each) for each in kinds} else NUMBERS
    if date in kinds:
        return DAYS | PRINTED
    return st.one_of([statements(each, depth) for each in kinds])


def _several(entry: Any, depth: int) -> st.SearchStrategy[Any]:
    if depth >= DEEPEST:
        return st.just([])
    return st.lists(statements(entry, depth), max_size=3, unique_by=repr)


def _noted(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    bare, *notes = get_args(annotation)
    if any("A-Za-z0-9]" in str(getattr(note, "pattern", "")) for note in notes):
        return IDENTIFIERS
    return statements(bare, depth)


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _details() -> st.SearchStrategy[Any]:
    return st.booleans() | st.integers(-999, 999) | SENTENCES | st.lists(SENTENCES, max_size=2)


def of_model(model: type[BaseModel], depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Plain values of all fields of a model, those that may be left out now and then."""
    fields = {
        name: _field(name, field, depth)
        for name, field in model.model_fields.items()
        if name not in ELSEWHERE
    }
    needed = {name: made for name, made in fields.items() if model.model_fields[name].is_required()}
    return st.fixed_dictionaries(needed, optional={n: made for n, made in fields.items() if n not in needed})


def _field(name: str, field: FieldInfo, depth: int) -> st.SearchStrategy[Any]:
    if name in BOUNDED:
        return BOUNDED[name]
    if name.endswith("_fen"):
        return st.integers(0, 10**12)
    notes = tuple(field.metadata)
    return (
        _noted(Annotated[field.annotation, *notes], depth) if notes else statements(field.annotation, depth)
    )
