"""Taking the mark of an unsettled statement away."""

import pytest

from keqiao.web.programmes.parts import NotThere
from keqiao.web.programmes.proofreading.settling import settled

VALUES = {
    "id": "x",
    "categories": [{"id": "c1", "targets": [{"id": "c1.t1", "value": 2, "needs_answer": True}]}],
}


def test_a_confirmed_statement_loses_its_mark():
    changed = settled(VALUES, ("categories", 0, "targets", 0))

    assert changed["categories"][0]["targets"] == [{"id": "c1.t1", "value": 2}]
    assert VALUES["categories"][0]["targets"][0]["needs_answer"]


@pytest.mark.parametrize("at", [("rules", 0), ("categories", 3), ("id", 0)])
def test_what_is_gone_is_told(at):
    with pytest.raises(NotThere):
        settled(VALUES, at)
