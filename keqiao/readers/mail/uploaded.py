"""Takes a mail apart in a child with limits."""

from pathlib import Path
from typing import Final

from keqiao.readers.mail.parsed import ParsedMail, from_values
from keqiao.readers.sandbox import SECONDS, answer_of_child
from keqiao.readers.unreadable import Unreadable

MIB: Final = 1 << 20
SIZE_MAX: Final = 40 * MIB
"""Bytes of a whole mail as it stands on the server; attachments grow by a third on the way."""
MEMORY_MB: Final = 1024  # the library holds a mail several times over


def read_mail(path: Path, folder: Path) -> ParsedMail:
    """Read the mail at ``path``; what is attached is written to ``folder``, which exists and is empty.

    Raises:
        Unreadable: it is too large, nested without end, or cannot be read.
    """
    size = path.stat().st_size
    if size > SIZE_MAX:
        raise Unreadable(
            "unreadable.too_large", name=path.name, size_mb=-(-size // MIB), limit_mb=SIZE_MAX // MIB
        )
    arguments = [str(path.resolve()), str(folder.resolve()), str(SECONDS), str(MEMORY_MB)]
    return answer_of_child(
        "keqiao.readers.mail.child", arguments, lambda answer: from_values(answer["mail"]), seconds=SECONDS
    )
