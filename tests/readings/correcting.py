"""What people corrected between the reading of a document and the definition that ships.

``python -m tests.readings.correcting`` writes the lists anew, after a change of the reader or of a definition.
"""

import sys
from pathlib import Path

from ruamel.yaml import YAML

from keqiao.core.guides.flat import flat as flat_of_reading
from keqiao.core.guides.reading import read_call
from keqiao.readers.document import read_document
from keqiao.readers.programmes import load, shipped
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.writers.reading import flat
from tests.conftest import seeds_folder
from tests.readings.stated import stated

CORRECTIONS = Path(__file__).parent / "corrections"
HEAD = """\
# Corrections that a person made to the reading of {name}.docx; `python -m tests.readings.correcting` writes this.
# missed: the definition states it, the reader did not. wrong: the reader states it, the definition does not.
"""


def corrections(identifier: str) -> dict[str, list[str]]:
    """What the definition states and the reading does not (``missed``), and the other way (``wrong``)."""
    document = read_document(seeds_folder() / f"{identifier}.docx")
    read = stated(flat_of_reading(read_call(document, guide_vocabulary())), placed=True)
    known = stated(flat(load(identifier)), placed=True)
    return {
        "missed": sorted((known - read).elements()),
        "wrong": sorted((read - known).elements()),
    }


def stored(identifier: str) -> dict[str, list[str]]:
    """The corrections as they were listed last."""
    text = (CORRECTIONS / f"{identifier}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


def write_all() -> None:
    """Write the list of every shipped definition anew, and say how long each is."""
    writer = YAML(pure=True)
    writer.width = 200
    for identifier in shipped():
        found = corrections(identifier)
        with (CORRECTIONS / f"{identifier}.yaml").open("w", encoding="utf-8") as file:
            file.write(HEAD.format(name=identifier))
            writer.dump(found, file)
        sys.stdout.write(f"{identifier}: {len(found['missed'])} missed, {len(found['wrong'])} wrong\n")


if __name__ == "__main__":
    write_all()
