"""Damaged uploads: whatever is changed in a file, it is read or refused, never anything else, and in bounds.

Sound files of each kind are changed at random, as bytes and inside their XML parts, and go the way of an upload:
gate, then reader. Every hundredth goes through the real child process. A fault is any exception but
``Unreadable``, an answer that cannot be understood, or a file that takes too long or too much memory.
"""

import argparse
import io
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from keqiao.readers.child import answer
from keqiao.readers.document import read_kind
from keqiao.readers.gate import pass_gate
from keqiao.readers.sandbox import read_document_safely
from keqiao.readers.unreadable import Unreadable
from tests.readers.hostile import sheet, text_cell
from tests.readers.pdf_files import PdfPage, pdf
from tests.readers.word_files import NAMESPACES, cell, docx, level, numbered, numbering, p, row, table

FULL, SMALL, PIECE = 100_000, 300, 10_000
FAULTS = ("unwrapped",)
SECONDS_MAX = 5
"""Processor seconds for one file: what others do on the machine is no fault of the reader."""
HANGING_SECONDS = 300
"""Wall time after which a file hangs, waiting for nothing or for a child that never ends."""
MEMORY_MB = 1024
THROUGH_CHILD = 100
OUT_OF_BOUNDS = frozenset({"crashed", "too_much_memory"})
"""Refusals of the child that say that the reader failed and not the file."""
ODD_VALUES = ("-1", "0", "99999999999", "", "a", "9" * 40, "&#0;", "&x;", "%1%9", "\ud7ff")
Samples = dict[str, bytes]


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.upload_fuzz")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))
    for timer in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(timer, _too_long)
    with tempfile.TemporaryDirectory(prefix="keqiao-fuzz-") as name:
        found = run(Path(name), asked.size, asked.seed, wrapped=asked.fault is None)
    faults = {code: count for code, count in found.items() if code.startswith("fault")}
    told = " ".join(f"{code}={count}" for code, count in found.most_common())
    print(f"upload_fuzz: {'holds' if not faults else 'BROKEN'}; files={asked.size} {told} seed={asked.seed}")
    return 1 if faults else 0


class TooLong(BaseException):
    """A file that took longer than it may; no ``except Exception`` of a library must catch it."""


def _too_long(*_: object) -> None:
    raise TooLong


def run(folder: Path, size: int, seed: int, *, wrapped: bool = True) -> Counter[str]:
    """Change and read ``size`` files; return how often each answer came."""
    chance = random.Random(seed)
    sound = samples(folder)
    found: Counter[str] = Counter()
    slowest = 0.0
    for number in range(size):
        name = chance.choice(sorted(sound))
        path = folder / name
        path.write_bytes(changed(sound[name], chance))
        begun = time.monotonic()
        found[_outcome(path, number, wrapped=wrapped)] += 1
        slowest = max(slowest, time.monotonic() - begun)
    found["slowest_ms"] = round(slowest * 1000)
    return found


def _outcome(path: Path, number: int, *, wrapped: bool) -> str:
    signal.setitimer(signal.ITIMER_PROF, SECONDS_MAX)
    signal.alarm(HANGING_SECONDS)
    try:
        if number % THROUGH_CHILD == 0:
            return f"read:{read_document_safely(path).format}"
        kind = pass_gate(path)
        if not wrapped:
            return f"read:{read_kind(path, kind, path.name).format}"
        return _understood(answer(path, path.name, kind))
    except Unreadable as refusal:
        return _refused(refusal.code.removeprefix("unreadable."))
    except TooLong:
        return "fault:too-long"
    except Exception as error:  # noqa: BLE001 - the proof is about exactly this
        return f"fault:{type(error).__name__}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)


def _understood(data: bytes) -> str:
    values = json.loads(data)
    if "TooLong" in str(values.get("values", "")):
        return "fault:too-long"
    return (
        f"read:{values['document'][1]}"
        if "document" in values
        else _refused(values["unreadable"].split(".")[1])
    )


def _refused(code: str) -> str:
    return f"fault:{code}" if code in OUT_OF_BOUNDS else code


def samples(folder: Path) -> Samples:
    """Sound files with the features that readers care about."""
    merged = '<w:vMerge w:val="restart"/>'
    body = (
        p("关于申报的通知", '<w:pStyle w:val="H"/>')
        + numbered("目标")
        + numbered("内容", 1)
        + table(row(cell("甲", merged), cell("乙")), row(cell("", "<w:vMerge/>"), cell("丙")))
        + f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    )
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="H"><w:name w:val="h"/><w:basedOn w:val="N"/>'
        '</w:style><w:style w:styleId="N"><w:name w:val="n"/></w:style></w:styles>'
    )
    levels = numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2"))
    page = (
        PdfPage().line("关于申报项目的通知", 0).box(79, 200, 179, 230, "类别").box(179, 200, 379, 230, "名称")
    )
    cells = "".join(
        f'<row r="{n}">{text_cell(f"A{n}", "甲")}{text_cell(f"B{n}", "乙")}</row>' for n in range(1, 5)
    )
    docx(folder / "a.docx", body, styles=styles, numbering=levels)
    pdf(folder / "a.pdf", [page, PdfPage().line("第二页", 0)])
    sheet(cells)(folder / "a.xlsx")
    made = {name: (folder / name).read_bytes() for name in ("a.docx", "a.pdf", "a.xlsx")}
    web = "<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table><ol><li>丁</ol><p>关于申报科普项目的通知<br>一、对象</p>"
    made["a.html"] = f"<html><meta charset=gbk>{web * 30}".encode("gbk")
    text = "关于申报科普项目的通知\n\n\t序号\n\t名称\n\n\t1\n\t讲座\n\n一\t二\t三\n四\t五\t六\n"
    made["a.txt"] = (text * 30).encode()
    return made


def changed(data: bytes, chance: random.Random) -> bytes:
    """Change a file: inside an XML part where it has some, or as bytes."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _changed_part(data, chance)
    return _changed_bytes(data, chance)


def _changed_bytes(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, width = chance.randrange(len(found) or 1), chance.randrange(1, 40)
        found[at : at + chance.choice((0, 1, width))] = chance.choice(
            (b"", bytes([chance.randrange(256)]), chance.randbytes(width), bytes(found[at : at + width]) * 2)
        )
    return bytes(found[: chance.randrange(len(found) + 1)] if chance.random() < 0.1 else found)


def _changed_part(data: bytes, chance: random.Random) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as sound,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        chosen = chance.choice(sound.namelist())
        for name in sound.namelist():
            part = sound.read(name)
            made.writestr(name, _changed_markup(part.decode(), chance).encode() if name == chosen else part)
    return buffer.getvalue()


def _changed_markup(text: str, chance: random.Random) -> str:
    changes: tuple[Callable[[str, random.Random], str], ...] = (
        _other_value,
        _without_element,
        _twice,
        _other_name,
    )
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice(changes)(text, chance)
    return text


def _pick(pattern: str, text: str, chance: random.Random) -> tuple[int, int]:
    found = [match.span() for match in re.finditer(pattern, text)]
    return chance.choice(found) if found else (0, 0)


def _other_value(text: str, chance: random.Random) -> str:
    start, end = _pick(r'"[^"]*"', text, chance)
    return f'{text[:start]}"{chance.choice(ODD_VALUES)}"{text[end:]}'


def _without_element(text: str, chance: random.Random) -> str:
    start, end = _pick(r"<[^<>/]+/>|<(w:\w+)[^<>]*>[^<]*</\1>", text, chance)
    return text[:start] + text[end:]


def _twice(text: str, chance: random.Random) -> str:
    start, end = _pick(r"<[^<>/]+/>|<(w:\w+)[^<>]*>.{0,200}?</\1>", text, chance)
    return text[:end] + text[start:end] * chance.randrange(1, 50) + text[end:]


def _other_name(text: str, chance: random.Random) -> str:
    names = sorted(set(re.findall(r"w:\w+", text))) or ["x"]
    return text.replace(chance.choice(names), chance.choice(names))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
