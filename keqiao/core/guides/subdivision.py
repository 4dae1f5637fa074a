"""Categories that the outline does not number: run-in heads, names in a money line, names in a count line."""

import re
from collections.abc import Iterator

from keqiao.core.guides.clauses import clauses, sentences, veiled
from keqiao.core.guides.distribution import share_out
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.quantities.amounts import read_amounts
from keqiao.core.guides.quantities.counts import CountGrammar
from keqiao.core.guides.tree import Category, folded

_RUN_IN = re.compile(r"^(?P<name>[^,;:。\s]{2,24})。(?=.)")
_KIND_NAME = re.compile(r"(?:类|型|项目|方向|专项|基地|活动)$")
_ANNOUNCED = re.compile(r"分[^分]{0,40}?(?:种|个|类|型)")
_TRIM = re.compile(
    r"^(?:其中|另有|包括|包含|以及|和|及|、|,|;|。|:|\s)+|(?:项目)?(?:每个项目|每项|各|每个|共|拟|资助|支持|给予|不超过|最高|:|,|、|\s|标准|为|按|经费|(?<!建)设|立项|评选|计划|约){1,4}$"
)
_NO_NAME = re.compile(
    r"^(?:共|每|各|单|总|合计|项目|课题|资助|支持|经费|资金|拟|计划|原则|按|其中|标准|给予|一次性|省|市|县|不超过|最高|预计|择优|遴选)*(?:项目|经费|资金|资助|支持|标准|总额|总计|合计|数量|名额|左右|给予)*$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLACE_UNITS = frozenset("个项名家人所支篇")


class Subdivision:
    """Makes children of a category out of its own words and hands each its sentences."""

    def __init__(self, counts: CountGrammar) -> None:
        self.counts = counts

    def divide(self, root: Category) -> None:
        """Subdivide every category below ``root``."""
        for category in list(root.walk()):
            self._run_in_heads(category)
        _hand_up(root)
        self._share_out(root, [category for category in root.walk() if category.name])
        for category in list(root.walk()):
            if category.name:
                self._named_amounts(category)
                self._named_places(category)
                if category.children:
                    _hand_down(category)

    def _share_out(self, root: Category, known: list[Category]) -> None:
        """Figures that name categories go to them: in the call's own words to any, in a category's to its children."""
        for slot in ("money", "places", "general", "requirements", "conditions", "content"):
            if slot in root.slots:
                root.slots[slot] = share_out(root.slots[slot], known, self.counts)
        for category in known:
            beside = category.parent.children if category.parent else []
            if "content" in category.slots and len(beside) > 1:
                share_out(
                    category.slots["content"], beside, self.counts
                )  # the words say more than the figures
            for slot in ("money", "places") if category.children else ():
                if slot in category.slots:
                    category.slots[slot] = share_out(category.slots[slot], category.children, self.counts)

    def _run_in_heads(self, category: Category) -> None:
        """``产学研协作类。聚焦…`` on lines of their own: two or more make children."""
        for slot in ("targets", "content"):
            pieces = category.slots.get(slot, [])
            heads = [(piece, match) for piece in pieces if (match := _RUN_IN.match(piece.text))]
            plain = [piece.text for piece in pieces if not _RUN_IN.match(piece.text)]
            named = all(_KIND_NAME.search(match["name"]) for _, match in heads)
            if len(heads) < 2 or not (named or _ANNOUNCED.search("".join(plain))):
                continue
            for piece, match in heads:
                child = category.child(
                    piece.part(*match.span("name")).written, piece.part(*match.span("name"))
                )
                child.put("targets", [piece.part(match.end(), len(piece.text))])
            category.slots[slot] = [piece for piece in pieces if not _RUN_IN.match(piece.text)]

    def _named_amounts(self, category: Category) -> None:
        """``甲论坛1项，10万元；乙大会1项，20万元``: two or more names make children, each with its own words."""
        for piece in list(category.slots.get("money", [])):
            named = list(self._amount_names(piece))
            if len(named) < 2:
                continue
            for name, words in named:
                child = _match(category, name.text) or category.child(name.written, name)
                child.put("money", [words])
            category.slots["money"].remove(piece)

    def _amount_names(self, piece: Piece) -> Iterator[tuple[Piece, Piece]]:
        text, start = piece.text, 0
        for amount in read_amounts(text):
            segment = piece.part(start, amount.start)
            counts = [c for c in self.counts.read(segment.text) if c.unit in _PLACE_UNITS]
            name = _name(segment.part(0, counts[0].start) if counts else segment)
            if name is not None:
                yield name, piece.part(start, amount.end)
            start = amount.end

    def _named_places(self, category: Category) -> None:
        """``10个。其中甲4个、乙5个、丙1个``: the parts belong to children, found by likeness or made."""
        for piece in list(category.slots.get("places", [])):
            text, start = piece.text, 0
            named: list[tuple[Piece, Piece]] = []
            for count in self.counts.read(text):
                name = _name(piece.part(start, count.start))
                if name is not None and count.unit in _PLACE_UNITS:
                    named.append((name, piece.part(start, count.end)))
                start = count.end
            if len(named) < 2:
                continue
            for name, words in named:
                child = _match(category, name.text) or category.child(name.written, name)
                child.put(
                    "places", [words.part(len(words.text) - _number_length(words.text), len(words.text))]
                )
            first = self.counts.read(text)[0]
            category.slots["places"].remove(piece)
            if first.end <= named[0][1].start - piece.start:
                category.put("places", [piece.part(0, first.end)])


def _number_length(words: str) -> int:
    match = re.search(r"\d{1,9}(?:-\d{1,9})?\D{1,3}$|[一二两三四五六七八九十]{1,6}\D{1,2}$", words)
    return len(match.group()) if match else len(words)


def _name(segment: Piece) -> Piece | None:
    """Return the name in a segment before a number, or None where there is none."""
    text = segment.text
    start, end = 0, len(text)
    if match := re.search(r"[;。](?=[^;。]*$)", veiled(text)):
        start = match.end()
    while match := _TRIM.search(text[start:end]):
        if match.start() == 0:
            start += match.end()
        else:
            end = start + match.start()
        if start >= end or not match.group():
            break
    name = segment.part(start, max(start, end)).stripped()
    plain = veiled(name.text)
    if len(_HAN.findall(name.text)) < 3 or _NO_NAME.match(name.text) or re.search(r"[,;。:]|应|须|的", plain):
        return None
    if name.text.endswith("项目") and len(name.text) > 6:
        name = name.part(0, len(name.text) - 2)
    return name


def _match(category: Category, name: str) -> Category | None:
    wanted = folded(name)
    for child in category.children:
        known = folded(child.name)
        if known == wanted or (len(wanted) >= 4 and (wanted in known or known in wanted)):
            return child
    return None


def aliases(name: str) -> list[str]:
    """Return the ways a sentence may name a category: ``国际性或全国性学术交流活动`` is each of the two as well."""
    plain = re.sub(r"[“”\s]", "", name)
    found = [plain]
    if match := re.match(
        r"^(?P<one>[\u4e00-\u9fff]{2,4})或(?P<two>[\u4e00-\u9fff]{2,4}?性)(?P<tail>.+)$", plain
    ):
        found += [match["one"] + match["tail"], match["two"] + match["tail"]]
    return found


def _hand_up(root: Category) -> None:
    """A paragraph that begins with the name of the heading above belongs to that heading, not to its last item."""
    for category in list(root.walk()):
        for slot in ("targets", "content"):
            for piece in list(category.slots.get(slot, [])):
                above = category.parent
                while (
                    above is not None and above.name and not folded(piece.text).startswith(folded(above.name))
                ):
                    above = above.parent
                if above is not None and above.name and len(folded(above.name)) >= 3:
                    category.slots[slot].remove(piece)
                    above.put(slot, [piece])


def _hand_down(category: Category) -> None:
    """Give sentences and clauses that begin with a child's name to that child."""
    for slot in ("targets", "content"):
        kept: list[Piece] = []
        for piece in category.slots.get(slot, []):
            child = _paragraph_child(category, piece)
            if child is not None:
                child.put("targets", [piece])
                continue
            for sentence in sentences(piece):
                kept += _hand_down_clauses(category, sentence)
        if slot in category.slots:
            category.slots[slot] = kept


def _hand_down_clauses(category: Category, sentence: Piece) -> list[Piece]:
    owner: Category | None = None
    start = 0
    runs: list[tuple[Category | None, Piece]] = []
    for clause in clauses(sentence):
        named = _named_by(category, clause.text)
        if named is not None and named is not owner:
            offset = clause.start - sentence.start
            if offset > start:
                runs.append((owner, sentence.part(start, offset)))
            owner, start = named, offset
    runs.append((owner, sentence.part(start, len(sentence.text))))
    for child, words in runs:
        if child is not None:
            child.put("targets", [words])
    return [words for child, words in runs if child is None]


def _named_by(category: Category, clause: str) -> Category | None:
    text = re.sub(r"[“”\s]", "", clause)
    best: tuple[int, Category] | None = None
    for child in category.children:
        for alias in aliases(child.name):
            if text.startswith(alias) and (best is None or len(alias) > best[0]):
                best = (len(alias), child)
    return best[1] if best else None


def _paragraph_child(category: Category, piece: Piece) -> Category | None:
    """A paragraph ``面向…的主要任务是：…`` belongs to the child whose name it resembles clearly most."""
    head = piece.text[:48]
    if not re.search(r"任务(?:是|为|:)|^(?:面向|针对)", head):
        return None
    scored = sorted(
        ((_likeness(child.name, head), child) for child in category.children), key=lambda x: -x[0]
    )
    if not scored or scored[0][0] < 0.4 or (len(scored) > 1 and scored[0][0] < 1.5 * scored[1][0]):
        return None
    return scored[0][1]


def _likeness(name: str, text: str) -> float:
    plain = folded(name)
    pairs = {plain[i : i + 2] for i in range(len(plain) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
