"""Converts through LibreOffice to .docx, which is then read like any other."""

import shutil
import tempfile
from pathlib import Path

from keqiao.core.guides.blocks import Block
from keqiao.readers.gate.archive import check_archive
from keqiao.readers.legacy.converter import installed, run
from keqiao.readers.word.document import read_word

NAMES = ("soffice", "libreoffice")


def convert_by_office(path: Path) -> tuple[Block, ...] | None:
    """Return the blocks of ``path``; None without LibreOffice, empty when it cannot read the file."""
    program = installed(NAMES)
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(
            path, folder / "input.doc"
        )  # a name of ours: the original's means nothing to the program
        options = [
            f"-env:UserInstallation={folder.as_uri()}/profile", "--headless", "--norestore", "--nologo",
            "--nolockcheck", "--convert-to", "docx", "--outdir", name, "input.doc",
        ]  # fmt: skip
        run([program, *options], folder)
        converted = folder / "input.docx"
        if not converted.is_file():
            return ()
        check_archive(converted)
        return read_word(converted).blocks
