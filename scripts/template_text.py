"""The sentences in Django templates, for Babel. Needs the environment (Django)."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.utils.translation.template import templatize

LITERAL = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
NEXT = rf"(?:\s*,\s*{LITERAL})?"
CALL = re.compile(rf"\b(gettext|ngettext|pgettext|npgettext)\(\s*{LITERAL}{NEXT}{NEXT}")
CONSTANT = re.compile(rf"(?<!\w)_\({LITERAL}\)")  # also where cotton takes it: <c-x :label="_('…')">
WITH_CONTEXT = {"pgettext", "npgettext"}

Found = tuple[int, str, tuple[str, ...], list[str]]


def extract(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: object, options: object
) -> Iterator[Found]:
    """Give line, function, arguments and comments of every marked sentence, as Babel asks of a method."""
    del keywords, comment_tags, options
    text = fileobj.read().decode("utf-8")
    yield from _constants(text)
    code = templatize(text)
    for call in CALL.finditer(code):
        words = tuple(ast.literal_eval(literal) for literal in call.groups()[1:] if literal)
        context, first = _split(call[1], words)
        yield _line(code, call), *_as_call(context, first), []


def _constants(text: str) -> Iterator[Found]:
    for constant in CONSTANT.finditer(text):
        yield _line(text, constant), "gettext", (ast.literal_eval(constant[1]),), []


def _split(function: str, words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Part the context, where the function has one, from the sentences."""
    return (words[0], words[1:]) if function in WITH_CONTEXT else (None, words)


def _as_call(context: str | None, words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A plural without its own English would be lost, so the singular stands for both under a context."""
    if context is not None:
        return "pgettext", (context, words[0])
    return ("ngettext", words) if len(words) > 1 else ("gettext", words)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
