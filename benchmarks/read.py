"""Reading of call documents: time, memory, growth with length, against text extraction by markitdown.

Checked first: every document is read as its key says. Bounds (``performance.md``): a call under 1 s as text and 2 s
as Word or PDF, as the whole command too, under 300 MB, time in proportion to length. Seconds are processor time,
which other work on the machine does not change.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from markitdown import MarkItDown

from benchmarks import line
from keqiao.core.guides.flat import flat
from keqiao.core.guides.reading import read_call
from keqiao.readers.document import read_document
from keqiao.readers.vocabulary import guide_vocabulary
from tests.readings.documents import REAL, Document, documents
from tests.readings.scoring import score

F1_MIN = 0.97
SECONDS_MAX = {".txt": 1.0, ".docx": 2.0, ".pdf": 2.0}
MEMORY_MAX_MB = 300
TIMES = (1, 4, 16)
GROWTH_MAX = 1.5
"""How much longer a sixteenfold document may take for each of its parts than one alone."""
RUNS = 3
LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A small process of its own: what a process forks from counts among its memory."""


def main(argv: list[str]) -> int:
    """Run; 0 all bounds hold, 1 a reading is wrong or a bound is broken, 2 there are no documents."""
    assert not argv, "no arguments"
    found = [document for document in documents() if document.name in REAL]
    if not found:
        print("read: the call documents are not at hand", file=sys.stderr)
        return 2
    if wrong := [file.name for document in found for file in document.files if not is_right(document, file)]:
        print(f"read: wrong readings: {', '.join(wrong)}", file=sys.stderr)
        return 1
    broken = [*in_process(found), *as_command(found), *growth(found)]
    for bound in broken:
        print(f"read: bound broken: {bound}", file=sys.stderr)
    return 1 if broken else 0


def is_right(document: Document, file: Path) -> bool:
    """Does the reading of a file reach the F1 that it must?"""
    return score(document.expected(), read(file)).f1 >= F1_MIN


def read(file: Path) -> dict[str, object]:
    """What the command does, without printing: file to flat export."""
    return flat(read_call(read_document(file), guide_vocabulary()))


def seconds(work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds of processor time."""
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def in_process(found: list[Document]) -> Iterator[str]:
    """Our reading against extraction of the text alone, and against extraction and the same reading."""
    peer, name = MarkItDown(), f"markitdown {version('markitdown')}"
    for ending, limit in SECONDS_MAX.items():
        files = [file for document in found for file in document.files if file.suffix == ending]
        ours = {file: seconds(partial(read, file)) for file in files}
        text = sum(seconds(partial(peer.convert, file)) for file in files)
        both = sum(seconds(partial(read_extracted, peer, file)) for file in files)
        total = sum(ours.values())
        about = f"{len(files)} calls as {ending}, in process"
        shown = f"{total:.2f}s"
        print(line(f"read-text{ending}", ours=shown, peer=f"{text:.2f}s", ratio=text / total,
                   about=f"{about}: whole reading against text alone by {name}"))  # fmt: skip
        print(line(f"read-whole{ending}", ours=shown, peer=f"{both:.2f}s", ratio=both / total,
                   about=f"{about}: against {name} and the same reading of its text"))  # fmt: skip
        yield from (f"{file.name} took {taken:.2f} s" for file, taken in ours.items() if taken > limit)


def read_extracted(peer: MarkItDown, file: Path) -> object:
    """The same reading of the text that the peer extracts."""
    with tempfile.TemporaryDirectory() as folder:
        extracted = Path(folder) / "extracted.txt"
        extracted.write_text(peer.convert(file).text_content, encoding="utf-8")
        return read(extracted)


def as_command(found: list[Document]) -> Iterator[str]:
    """The whole command against the peer's, with the memory of each (its largest process)."""
    for ending, limit in SECONDS_MAX.items():
        files = [file for document in found for file in document.files if file.suffix == ending]
        ours = {file: command("keqiao", "read", str(file)) for file in files}
        theirs = {file: command("markitdown", str(file)) for file in files}
        mine, its = sum(t for t, _ in ours.values()), sum(t for t, _ in theirs.values())
        memory, its_memory = max(m for _, m in ours.values()), max(m for _, m in theirs.values())
        about = f"{len(files)} calls as {ending}: keqiao read against markitdown {version('markitdown')}"
        print(line(f"read-command{ending}", ours=f"{mine:.2f}s", peer=f"{its:.2f}s", ratio=its / mine,
                   about=f"{about}, whole processes with their children"))  # fmt: skip
        print(line(f"read-memory{ending}", ours=f"{memory:.0f}MB", peer=f"{its_memory:.0f}MB",
                   ratio=its_memory / memory, about=f"{about}, largest resident memory"))  # fmt: skip
        yield from (f"{file.name} as a command took {t:.2f} s" for file, (t, _) in ours.items() if t > limit)
        if memory > MEMORY_MAX_MB:
            yield f"reading {ending} took {memory:.0f} MB"


def command(name: str, *arguments: str) -> tuple[float, float]:
    """Run a command of this environment; its processor seconds (the shortest run) and resident memory in MB."""
    program = Path(sys.executable).parent / name
    runs = []
    for _ in range(RUNS):
        launched = [sys.executable, "-c", LAUNCHER, str(program), *arguments]
        answer = subprocess.run(launched, capture_output=True, text=True, check=True)
        taken, kilobytes = answer.stdout.split()
        runs.append((float(taken), float(kilobytes) / 1024))
    return min(runs)


def growth(found: list[Document]) -> Iterator[str]:
    """The time of a call that holds others as attachments, 1, 4 and 16 of them, for each attachment."""
    text = next(document for document in found if document.name == "hunan-2022").main.read_text("utf-8")
    each: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for times in TIMES:
            file = Path(folder) / f"{times}.txt"
            parts = [f"附件{n}\n第{n}批项目指南\n{text}" for n in range(1, times + 1)]
            file.write_text("\n".join(parts), encoding="utf-8")
            each[times] = seconds(partial(read, file)) / times
    first, last = each[TIMES[0]], each[TIMES[-1]]
    shown = " ".join(f"{times}x:{taken * 1000:.0f}ms" for times, taken in each.items())
    print(line("read-growth", ours=f"{last * 1000:.0f}ms", peer=f"{first * 1000:.0f}ms", ratio=first / last,
               about=f"one call among {TIMES[-1]} against alone, the reader itself; for each: {shown}"))  # fmt: skip
    if last > GROWTH_MAX * first:
        yield f"a call among {TIMES[-1]} takes {last / first:.1f} times as long"
