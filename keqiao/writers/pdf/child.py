"""The setting child: ``python -m keqiao.writers.pdf.child SECONDS MEMORY_MB``, a JSON order on standard input.

Sets its own limits first. Writes one line of JSON (``{"missing": …}`` or ``{"failed": …}``) and the bytes of the PDF.
Templates see the folder of templates and nothing else; there is no package folder and no system font.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import typst

from keqiao.confined import limit
from keqiao.writers.pdf.fonts import GETA, cast, without_type

TEMPLATES = Path(__file__).resolve().parent / "templates"
CONTROLS: Final = dict.fromkeys((*range(32), *range(127, 160)))
STANDARD: Final = "a-2b"  # for archives: all fonts inside, nothing from outside, no code


def answer(order: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    """Set what is ordered: what to say about it, and the PDF (empty where it failed)."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["folders"])
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


def main(arguments: list[str]) -> int:
    """Run the child; the exit status is 0 whenever there is an answer."""
    seconds, memory_mb = map(int, arguments)
    limit(seconds, memory_mb)
    said, pdf = answer(json.load(sys.stdin))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
