"""The setting child: ``python -m keqiao.writers.pdf.child SECONDS MEMORY_MB``, which stands ready for JSON orders.

Sets its own limits first. Answers one line of JSON (``{"missing": …}`` or ``{"failed": …}``) and the bytes of the PDF.
Templates see the folder of templates and nothing else; there is no package folder and no system font.
"""

import json
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from keqiao import standing
from keqiao.writers.pdf.fonts import GETA, cast, without_type

TEMPLATES = Path(__file__).resolve().parent / "templates"
CONTROLS: Final = dict.fromkeys((*range(32), *range(127, 160)))
STANDARD: Final = "a-2b"  # for archives: all fonts inside, nothing from outside, no code


def answer(order: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    """Set what is ordered: what to say about it, and the PDF (empty where it failed)."""
    fonts = _fonts(tuple(order["folders"]), _seen(order["folders"]))
    try:
        values, missing = with_getas(order["values"], fonts.fonts())
        pdf, warnings = typst.compile_with_warnings(
            TEMPLATES / f"{order['template']}.typ",
            root=TEMPLATES,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"values": values, "fonts": json.dumps(cast(fonts.families()))},
            pdf_standards=STANDARD,
            timestamp=order["at"],
            package_path="no-packages",
            package_cache_path="no-packages",
        )
    except KeyError as missing_font:
        return {"failed": f"no font for {missing_font}"}, b""
    except typst.TypstError as error:
        return {"failed": error.diagnostic}, b""
    if warnings:
        return {"failed": "; ".join(warning.message for warning in warnings)}, b""
    return {"missing": missing}, pdf


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...], _now: tuple[tuple[str, int, int], ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def _seen(folders: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """The files in the folders as they are now: an office may put its own fonts there at any time."""
    files = sorted(file for folder in folders for file in Path(folder).rglob("*") if file.is_file())
    return tuple((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files)


def with_getas(values: Any, fonts: Sequence[typst.FontInfo]) -> tuple[str, str]:
    """The values as JSON, with 〓 for each character that no font has; and those characters."""
    written = json.dumps(printable(values), ensure_ascii=False)
    missing = without_type(written, fonts)
    return written.translate(dict.fromkeys(map(ord, missing), GETA)), missing


def printable(values: Any) -> Any:
    """The values without control characters, which no paper shows."""
    match values:
        case str():
            return values.translate(CONTROLS)
        case list():
            return [printable(value) for value in values]
        case dict():
            return {key: printable(value) for key, value in values.items()}
    return values


def answered(order: bytes) -> bytes:
    """Answer one order; what is wrong with the paper is an answer, not the end."""
    said, pdf = answer(json.loads(order))
    return json.dumps(said).encode() + b"\n" + pdf


if __name__ == "__main__":
    standing.serve(answered, *map(int, sys.argv[1:]))
