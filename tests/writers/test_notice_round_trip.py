"""Definition → notice → reader → the same facts, in eight ways of wording and numbering.

The long run is ``make prove ONLY=notice``; here few definitions go through all ways, and fewer through real files.
"""

import importlib.util
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from keqiao.core.guides.flat import flat as flat_reading
from keqiao.core.guides.reading import read_call
from keqiao.readers.document import read_document
from keqiao.readers.programmes import load, shipped
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.writers.notice import WAYS, render
from keqiao.writers.reading import flat
from tests.core.programme.definitions import programmes
from tests.writers.notices import calls
from tests.writers.round_trip import differences, expected_facts, read_facts

SCORER = Path(os.environ.get("KEQIAO_SEEDS", "../shared/seeds")).parent / "contracts" / "score_reading.py"
# The same calls in every run, and no shrinking: to make one call smaller takes minutes, the long proof has seeds.
same = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
few, fewer = settings(same, max_examples=16), settings(same, max_examples=3)


@pytest.mark.parametrize("way", WAYS)
@few
@given(programme=calls())
def test_the_notice_reads_back_to_the_same_facts(way, programme):
    assert differences(programme, WAYS[way]) == []


@pytest.mark.parametrize("way", WAYS)
@fewer
@given(programme=calls())
def test_so_does_the_word_file_of_it_with_the_same_blocks(way, programme):
    notice = render(programme, WAYS[way])
    with tempfile.TemporaryDirectory() as folder:
        notice.docx(Path(folder) / "notice.docx")
        document = read_document(Path(folder) / "notice.docx")

    assert shape(document) == shape(notice.source_document())
    assert read_facts(document) == expected_facts(programme)


@pytest.mark.parametrize("way", WAYS)
@fewer
@given(programme=calls())
def test_so_does_the_text_of_it(way, programme):
    notice = render(programme, WAYS[way])
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "notice.txt").write_text(notice.text(), encoding="utf-8")
        document = read_document(Path(folder) / "notice.txt")

    assert read_facts(document) == expected_facts(programme)


def shape(document):
    """Words, automatic numbers and places of all blocks."""
    return [
        [[(p.text, p.place) for p in cell.paragraphs] for row in block.rows for cell in row]
        if hasattr(block, "rows")
        else (block.full_text, block.number, block.place, block.centred, block.right)
        for block in document.blocks
    ]


@pytest.mark.parametrize("way", WAYS)
@fewer
@given(programme=calls())
def test_one_wrong_number_in_the_notice_is_noticed(way, programme):
    assert differences(programme, WAYS[way], fault="number") != []


@pytest.mark.parametrize("way", WAYS)
@fewer
@given(programme=programmes())
def test_any_sound_definition_has_a_notice_that_names_all_its_categories(way, programme):
    notice = render(programme, WAYS[way])

    said = {pointer for pointer in notice.places() if len(pointer) % 2 == 0 and pointer[0] == "categories"}
    assert said >= set(category_pointers(programme, ()))


def category_pointers(node, at):
    """The pointers of all categories below a node."""
    for number, category in enumerate(node.categories):
        here = (*at, "categories", number)
        yield here
        yield from category_pointers(category, here)


@pytest.mark.seeds
@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer is not on this machine")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", shipped())
def test_the_notice_of_a_shipped_programme_scores_as_its_document_has_to(name, way):
    score = scorer()
    programme = load(name)
    reading = flat_reading(read_call(render(programme, WAYS[way]).source_document(), guide_vocabulary()))

    _, total, _, _ = score.score(as_json(flat(programme)), as_json(reading))

    assert score.prf(total)[2] >= 0.97


def scorer():
    """The scorer of the reading contract."""
    spec = importlib.util.spec_from_file_location("score_reading", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_json(value):
    """A value as the scorer gets it from the command line."""
    return json.loads(json.dumps(value))
