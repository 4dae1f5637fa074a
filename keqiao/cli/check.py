"""``keqiao programme check FILE.yaml …``: every fault of a definition with its line; no database."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from keqiao.cli.speech import Arguments, language, refuse
from keqiao.readers.definition import check_definition
from keqiao.readers.messages import say


def run(arguments: Sequence[str]) -> int:
    """Check the files: 0 when none has a fault, 1 when any has, 2 when one cannot be read.

    Warnings and open questions are printed and leave the exit status at 0.
    """
    parser = Arguments(prog="keqiao programme check", description="Check programme definitions.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.yaml")
    parser.add_argument("--for-publication", action="store_true", help="also what publication needs")
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    console = Console(stderr=True)
    files = track(options.files, console=console, transient=True, disable=not console.is_terminal)
    return max(check_file(path, for_publication=options.for_publication) for path in files)


def check_file(path: Path, *, for_publication: bool) -> int:
    """Print the faults of one file; returns the exit status that it deserves."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        return refuse("cli.no_file", {"file": str(path), "reason": error.strerror or type(error).__name__})
    except UnicodeDecodeError:
        return refuse("cli.not_utf8", {"file": str(path)})
    checked = check_definition(text, for_publication=for_publication)
    for fault in checked.faults:
        print(f"{path}:{fault.line}: {fault.finding.weight}: {say(fault.finding, language())}")
    return 0 if checked.is_sound else 1
