"""Reads a call document: blocks → parts → outline → categories → facts."""

import re
from dataclasses import dataclass, replace
from typing import Any

from keqiao.core.guides.applicants import ApplicantReader
from keqiao.core.guides.blocks import SourceDocument, Table
from keqiao.core.guides.categories import CategoryBuilder
from keqiao.core.guides.clauses import sentences
from keqiao.core.guides.contacts import read_contacts
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.filing import read_filing, read_form_rules
from keqiao.core.guides.heading import Heading, read_heading
from keqiao.core.guides.lines import Line, items
from keqiao.core.guides.money import read_money
from keqiao.core.guides.outline import build_outline
from keqiao.core.guides.particulars import read_particulars
from keqiao.core.guides.parts import Part, split_parts
from keqiao.core.guides.rules import read_rules
from keqiao.core.guides.schedule import Clock, Due, read_completion, read_deadlines
from keqiao.core.guides.subdivision import Subdivision
from keqiao.core.guides.targets import TargetReader
from keqiao.core.guides.tree import Category, folded
from keqiao.core.guides.vocabulary import Vocabulary

_GUIDE_WORDS = re.compile(r"(?:项目)?(?:申报)?(?:指南|清单|范围|目录|指标|一览表|项目表|方向)$")
_CLASS = re.compile(r"(?P<name>(?P<letter>[A-Z])类[^,;。、和及与()]{2,16}?项目)")


@dataclass(frozen=True)
class Reading:
    """What a document states: its heading, its categories in order, its facts, its deadlines, all its lines.

    ``root`` holds what is said of the whole call; ``lines`` leaves out the list of attachments and the signatures.
    """

    heading: Heading
    root: Category
    categories: tuple[Category, ...]
    facts: tuple[Fact, ...]
    deadlines: tuple[tuple[tuple[str, ...], Due], ...]
    lines: tuple[Line, ...]

    def of(self, kind: str, path: tuple[str, ...] | None = None) -> list[Fact]:
        """Return the facts of one kind, of one category where ``path`` is given."""
        return [f for f in self.facts if f.kind == kind and (path is None or f.path == path)]


def read_call(document: SourceDocument, vocabulary: Vocabulary) -> Reading:
    """Read ``document``; pure: the same document and vocabulary always give the same reading."""
    found = list(items(document))
    parts = split_parts(found, vocabulary)
    heading = read_heading(parts, vocabulary)
    builder = CategoryBuilder(vocabulary)
    for part in parts:
        _add_part(builder, part)
    Subdivision(vocabulary.counts).divide(builder.root)
    clock = Clock(heading.issue_date, heading.year)
    facts = _facts(builder.root, vocabulary, clock)
    facts += read_form_rules(builder.forms)
    facts += _named_completion(builder.root, clock)
    deadlines = _deadlines(builder.root, clock)
    facts += [_deadline_rule(path, due) for path, due in deadlines]
    lines = tuple(line for part in parts for line in [*part.head, *_lines(part)])
    categories = tuple(c for c in builder.root.walk() if c.name)
    return Reading(heading, builder.root, categories, tuple(facts), tuple(deadlines), lines)


def _lines(part: Part) -> list[Line]:
    return [item for item in part.items if isinstance(item, Line)]


def _add_part(builder: CategoryBuilder, part: Part) -> None:
    if part.kind == "form":
        builder.forms += [item for item in part.items if isinstance(item, Table)]
        return
    top = _top(builder.root, part)
    top.part = part.label
    builder.add_part(build_outline(part.items, builder.vocabulary), top, guide=bool(part.label))
    if not part.label:
        _declared_classes(builder.root)


def _top(root: Category, part: Part) -> Category:
    """The category that an attachment describes: a track of the notice, a class with its letter, else the call."""
    name = folded(_GUIDE_WORDS.sub("", part.title))
    for child in root.children:
        if name and (
            folded(child.name) == name or (len(folded(child.name)) > 5 and folded(child.name) in name)
        ):
            return child
    if letter := re.search(r"(?<![A-Za-z])(?P<letter>[A-Z])类", part.title):
        for child in root.children:
            if child.name.startswith(letter.group()):
                return child
    return root


def _declared_classes(root: Category) -> None:
    """``项目分为A类竞争性项目和B类自主创新性项目``: the classes are categories; attachments fill them."""
    for pieces in list(root.slots.values()):
        for piece in pieces:
            for sentence in sentences(piece):
                named = {m["letter"]: m for m in reversed(list(_CLASS.finditer(sentence.text)))}
                if "分为" in sentence.text and len(named) > 1:
                    for letter in sorted(named):
                        span = sentence.part(*named[letter].span("name"))
                        root.child(span.written, span)
                    return


def _facts(root: Category, vocabulary: Vocabulary, clock: Clock) -> list[Fact]:
    applicants, targets = ApplicantReader(vocabulary.applicant_words), TargetReader(vocabulary)
    found: list[Fact] = []
    for category in root.walk():
        rest = [p for piece in category.slots.get("applicants", []) for p in applicants.rest(piece)]
        if category.name:
            found += read_money(category, vocabulary.counts)
            found += applicants.read(category)
            found += targets.read(category)
            found += read_completion(category, clock)
        elif "applicants" in category.slots:
            found += [
                replace(f, kind="rule", value={"type": "applicant_kind", "any_of": f.value["kinds"]})
                for f in applicants.read(category)
            ]
        found += read_contacts(category.slots.get("contact", []), category.path)
        found += read_particulars(category)
        found += read_rules(category, vocabulary.recognisers, vocabulary.counts, rest)
        found += read_filing(category, clock)
    return found


def _named_completion(root: Category, clock: Clock) -> list[Fact]:
    """``“秦岭科创”行动项目应于…前完成`` in the general part is the completion of the category it names."""
    found: list[Fact] = []
    for pieces in root.slots.values():
        for sentence in (s for piece in pieces for s in sentences(piece)):
            named = [c for c in root.children if folded(c.name) in folded(sentence.text[:40])]
            dates = [m for m in clock.read(sentence.text) if m.day is not None]
            if (
                len(named) == 1
                and dates
                and re.search(r"完成|结项|验收", sentence.text[dates[-1].end :][:12])
            ):
                value = {"completion_date": dates[-1].iso()[:10]}
                found.append(Fact("completion", named[0].path, value, sentence))
    return found


def _deadline_rule(path: tuple[str, ...], due: Due) -> Fact:
    value: dict[str, Any] = {
        "type": "deadline",
        "date": due.moment.iso()[:10],
        **({"late": "reject"} if due.late else {}),
    }
    if path:
        value["scope"] = path[0]
    if due.moment.hour is not None:
        value["hour"] = due.moment.hour
    sure = Confidence.INFERRED if due.moment.inferred_year else Confidence.CERTAIN
    return Fact(
        "rule", path, value, due.words, sure, "deadline.year_inferred" if due.moment.inferred_year else ""
    )


def _deadlines(root: Category, clock: Clock) -> list[tuple[tuple[str, ...], Due]]:
    found: list[tuple[tuple[str, ...], Due]] = []
    for category in [root, *root.children]:
        pieces = [
            (slot, piece)
            for slot in (
                "deadline",
                "general",
                "conditions",
                "requirements",
                "procedure",
                "content",
                "contact",
            )
            for piece in category.slots.get(slot, [])
        ]
        found += [(category.path, due) for due in read_deadlines(pieces, clock)]
    return found
