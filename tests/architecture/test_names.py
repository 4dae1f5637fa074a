"""No module bears a name that says nothing about what is inside (house style 1)."""

import re
from collections.abc import Iterable, Iterator

from tests.architecture.tree import files, shown

SAYS_NOTHING = re.compile(r"(?:^|/)(?:utils?|helpers?|common|misc|services?|stuff|tools?)(?:\.\w+$|/)")


def empty_names(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if SAYS_NOTHING.search(path):
            yield path


def test_every_module_says_what_is_inside():
    assert list(empty_names(shown(path) for path in files())) == []


def test_a_name_that_says_nothing_is_found():
    planted = ["keqiao/core/utils.py", "keqiao/web/common/base.py", "tests/helper.py", "keqiao/usual.py"]

    assert list(empty_names(planted)) == planted[:3]
