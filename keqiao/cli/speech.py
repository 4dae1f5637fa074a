"""What the console says, and in which language."""

import argparse
import os
import sys
from collections.abc import Mapping
from typing import NoReturn

from keqiao.core.findings import Value
from keqiao.readers.messages import Language, sentence


class Arguments(argparse.ArgumentParser):
    """Arguments whose faults are told on one line."""

    def error(self, message: str) -> NoReturn:
        """End with status 2 and the reason."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def language() -> Language:
    """The language of the terminal: English where the locale is English, else Chinese."""
    for name in ("KEQIAO_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := os.environ.get(name):
            return "en" if locale.lower().startswith("en") else "zh"
    return "zh"


def refuse(code: str, values: Mapping[str, Value]) -> int:
    """Say on one line of standard error, in both languages, why it could not be done; the exit status is 2."""
    said = f"{sentence(code, values, 'zh')} / {sentence(code, values, 'en')}"
    print("keqiao:", " ".join(said.split()), file=sys.stderr)
    return 2
