"""The definitions that ship with the product: ``keqiao/data/programmes/<id>.yaml``."""

from importlib.resources import files
from pathlib import Path

from keqiao.core.programme.types import Programme
from keqiao.readers.definition import programme_from_yaml


def shipped() -> tuple[tuple[str, Path], ...]:
    """The ids of the shipped definitions with their files, in the order of ids."""
    folder = Path(str(files("keqiao.data").joinpath("programmes")))
    return tuple((path.stem, path) for path in sorted(folder.glob("*.yaml")))


def load(identifier: str) -> Programme:
    """The shipped definition with this id.

    Raises:
        KeyError: none ships under this id.
        UnsoundDefinition: its file is no definition.
    """
    return programme_from_yaml(dict(shipped())[identifier].read_text(encoding="utf-8"))
