"""Reads uploaded files: gate first, then the parser in a child with limits, alone in its own process
group."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from keqiao.confined import (
    CRASHED,
    OUTPUT_MAX,
    TOO_MUCH_MEMORY,
    TOO_SLOW,
    Ended,
    Streams,
    run_confined,
)
from keqiao.core.guides.blocks import SourceDocument
from keqiao.readers.gate import pass_gate
from keqiao.readers.transfer import from_values
from keqiao.readers.unreadable import Unreadable

Answer = TypeVar("Answer")

SECONDS: Final = 20
MEMORY_MB: Final = 512
# A converter is an office program of its own: it needs more of both.
CONVERTED: Final = frozenset({"doc", "wps"})
CONVERTER_SECONDS: Final = 60
CONVERTER_MEMORY_MB: Final = 4096
WITHOUT_ANSWER: Final = {
    TOO_SLOW: "unreadable.too_slow",
    TOO_MUCH_MEMORY: "unreadable.too_much_memory",
    CRASHED: "unreadable.crashed",
}


def read_document_safely(
    path: Path, *, name: str = "", seconds: int = SECONDS, memory_mb: int = MEMORY_MB
) -> SourceDocument:
    """Read the uploaded file at ``path``; ``name`` is the name it was uploaded under.

    ``seconds`` bounds wall and processor time, ``memory_mb`` the address space of the child (mebibytes).
    Nothing is left behind: no process, no file.

    Raises:
        Unreadable: for every failure of any kind; its ``values`` always hold ``name``.
    """
    name = name or path.name
    try:
        return _read(path, name, seconds, memory_mb)
    except Unreadable as refusal:
        refusal.values = {"name": name, **refusal.values}
        raise
    except OSError as error:
        raise Unreadable("unreadable.damaged", name=name, detail=str(error)[:200]) from error


def _read(path: Path, name: str, seconds: int, memory_mb: int) -> SourceDocument:
    kind = pass_gate(path)
    if kind in CONVERTED:
        seconds, memory_mb = max(seconds, CONVERTER_SECONDS), max(memory_mb, CONVERTER_MEMORY_MB)
    arguments = [str(path.resolve()), name, kind, str(seconds), str(memory_mb)]
    return answer_of_child(
        "keqiao.readers.child", arguments, lambda answer: from_values(answer["document"]), seconds=seconds
    )


def answer_of_child(
    module: str, arguments: list[str], rebuild: Callable[[dict[str, Any]], Answer], *, seconds: int
) -> Answer:
    """Run a reading child and return what ``rebuild`` makes of its answer, which is not to be trusted.

    Raises:
        Unreadable: the child refused the file, or gave no answer that ``rebuild`` can take.
    """
    with tempfile.TemporaryDirectory(prefix="keqiao-read-") as folder, tempfile.TemporaryFile() as output:
        try:
            run_confined(module, arguments, Streams(output), folder=Path(folder), seconds=seconds)
        except Ended as ended:
            raise Unreadable(WITHOUT_ANSWER[str(ended)], seconds=seconds) from ended
        output.seek(0)
        data = output.read(OUTPUT_MAX)
    try:
        answer: dict[str, Any] = json.loads(data)
        if "unreadable" not in answer:
            return rebuild(answer)
        refusal = Unreadable(str(answer["unreadable"]), **answer["values"])
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Unreadable("unreadable.crashed", seconds=seconds) from error
    raise refusal
