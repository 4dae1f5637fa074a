"""The definitions that ship with the product, as they are and with what a demonstration adds."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice, takewhile

from ruamel.yaml import YAML
from ruamel.yaml.events import ScalarEvent

from keqiao.core.programme.types import Programme
from keqiao.readers.additions import with_additions
from keqiao.readers.definition import programme_from_yaml

EVENTS_BEFORE_THE_FIRST_KEY = 3  # the stream, the document and its mapping begin


def shipped() -> tuple[str, ...]:
    """The ids of the shipped definitions, in their order."""
    folder = files("keqiao.data").joinpath("programmes")
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if _is_yaml(file)))


@cache
def title(identifier: str) -> str:
    """The title of the shipped definition with this id: that of :func:`load`, without its seconds.

    Only the plain values before the first list are read; the title stands among them.

    Raises:
        KeyError: none ships under this id.
    """
    events = YAML(typ="safe", pure=True).parse(_text_of("programmes", identifier))
    inside = islice(events, EVENTS_BEFORE_THE_FIRST_KEY, None)
    plain = (event.value for event in takewhile(lambda event: isinstance(event, ScalarEvent), inside))
    return str(dict(zip(plain, plain, strict=False))["title"])


@cache
def load(identifier: str) -> Programme:
    """The shipped definition with this id, as its document states it.

    Raises:
        KeyError: none ships under this id.
        UnsoundDefinition: its file is no definition.
    """
    return programme_from_yaml(_text_of("programmes", identifier))


@cache
def demonstration(identifier: str) -> Programme:
    """The shipped definition with invented values where its document leaves open what a running call needs.

    Every added statement is marked ``invented`` and says in its ``reading`` why it was added.

    Raises:
        KeyError: none ships under this id.
        UnsoundDefinition: its file is no definition.
        UnsoundAdditions: its additions do not fit it.
    """
    return with_additions(load(identifier), _text_of("demonstration", identifier))


def _text_of(folder: str, identifier: str) -> str:
    if identifier not in shipped():
        raise KeyError(identifier)
    return files("keqiao.data").joinpath(folder, f"{identifier}.yaml").read_text(encoding="utf-8")


def _is_yaml(file: Traversable) -> bool:
    return file.is_file() and file.name.endswith(".yaml")
