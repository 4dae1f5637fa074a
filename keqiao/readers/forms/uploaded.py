"""Takes an uploaded Word form apart: through the gate first, then in a child with limits."""

from pathlib import Path
from typing import Final

from keqiao.readers.forms.pieces import Pieces, from_values
from keqiao.readers.gate import pass_gate
from keqiao.readers.sandbox import MEMORY_MB, SECONDS, answer_of_child
from keqiao.readers.unreadable import Unreadable

KIND: Final = "docx"


def pieces_of_upload(path: Path, *, name: str = "") -> Pieces:
    """The pieces of the file at ``path``, which was uploaded as ``name``.

    Raises:
        Unreadable: it is no .docx file, or it is refused or cannot be read; ``values`` hold ``name``.
    """
    name = name or path.name
    try:
        kind = pass_gate(path)
        if kind != KIND:
            raise Unreadable("unreadable.form_not_word", kind=kind)
        arguments = [str(path.resolve()), str(SECONDS), str(MEMORY_MB)]
        return answer_of_child(
            "keqiao.readers.forms.child",
            arguments,
            lambda answer: from_values(answer["form"]),
            seconds=SECONDS,
        )
    except Unreadable as refusal:
        refusal.values = {"name": name, **refusal.values}
        raise
    except OSError as error:
        raise Unreadable("unreadable.damaged", name=name, detail=str(error)[:200]) from error
