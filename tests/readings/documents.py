"""The documents whose readings are compared with keys: five real calls, two sets of invented notices, six variants."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from keqiao.core.guides.flat import flat
from keqiao.core.guides.reading import Reading, read_call
from keqiao.core.guides.vocabulary import Vocabulary
from keqiao.readers.document import read_document
from keqiao.readers.vocabulary import guide_vocabulary
from tests.conftest import seeds_folder

HERE = Path(__file__).parent
KEYS, NOTICES = HERE / "keys", HERE / "notices"
GIVEN_KEYS = seeds_folder().parent / "contracts" / "keys"
REAL = ("henan-2023", "hunan-2022", "jining-2023", "sanmenxia-2023", "yinchuan-2022")
INVENTED = tuple(sorted(p.stem for p in KEYS.glob("*.yaml") if list(NOTICES.glob(f"{p.stem}.*"))))
SECOND = tuple(sorted(p.stem for p in (KEYS / "second").glob("*.yaml")))
VARIANTS = tuple(sorted(p.name for p in (NOTICES / "variants").iterdir()))
FORMATS = (".txt", ".docx", ".pdf", ".html")


@dataclass(frozen=True)
class Document:
    """A document by name: its files, one for each format, and its key."""

    name: str
    files: tuple[Path, ...]
    key: Path

    @property
    def main(self) -> Path:
        """The file that stands for the document where the format does not matter."""
        return self.files[0]

    def expected(self) -> dict[str, Any]:
        """The key, in the shape of the flat export."""
        return _loaded(self.key)


def documents() -> Iterator[Document]:
    """Yield the invented notices of both sets, then the real calls where they and their keys are at hand."""
    for name in INVENTED:
        yield Document(name, _files(NOTICES, name), KEYS / f"{name}.yaml")
    for name in SECOND:
        yield Document(name, _files(NOTICES / "second", name), KEYS / "second" / f"{name}.yaml")
    for name in REAL:
        key = GIVEN_KEYS / f"{name}.yaml"
        key = key if key.is_file() else KEYS / f"{name}.yaml"
        if (files := _files(seeds_folder(), name)) and key.is_file():
            yield Document(name, files, key)


def document(name: str) -> Document:
    """The document called ``name``."""
    return next(found for found in documents() if found.name == name)


def _files(folder: Path, name: str) -> tuple[Path, ...]:
    return tuple(file for ending in FORMATS if (file := folder / f"{name}{ending}").is_file())


@cache
def _loaded(key: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(key.read_text(encoding="utf-8"))
    return loaded


@cache
def reading_of(file: Path) -> Reading:
    """The reading of a file with the shipped words, made once."""
    return read_call(read_document(file), guide_vocabulary())


def export_of(file: Path, vocabulary: Vocabulary | None = None) -> dict[str, Any]:
    """The flat export of a file, with other words where they are given."""
    if vocabulary is None:
        return flat(reading_of(file))
    return flat(read_call(read_document(file), vocabulary))
