"""A plugin that pytest loads before Django's settings: the files of tests are not the program's."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("KEQIAO_STRICT", "1")  # a view that declares nobody stops the test
os.environ.setdefault("KEQIAO_DATA", str(ROOT / "build" / "tests" / "var"))
