"""The keys of the invented notices quote words that stand in the notices, at the lines they name."""

import html
import re
from pathlib import Path

import docx
import pytest
import yaml

HERE = Path(__file__).parent
NOTICES = HERE / "notices"
SETS = ("", "second")
KEYS = sorted(
    key
    for each in SETS
    for key in (HERE / "keys" / each).glob("*.yaml")
    if list((NOTICES / each).glob(f"{key.stem}.*"))
)
DOCX = sorted(path for each in SETS for path in (NOTICES / each).glob("*.docx"))
NUMBERED = {"foshan-2023", "anhui-2025"}
VARIANTS = HERE / "keys" / "variants.yaml"
QUOTE = re.compile(r"(?:L(\d+))?「([^」]+)」")
NUMBER_MARK = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+\.\d+ |（\d+）|专项[一二三]  |方向\d\.\d  )")
COMPARATORS = {">=", "<=", "==", "~"}
RULE_TYPES = {
    "applicant_kind",
    "proxy",
    "legal_status",
    "recognition",
    "history",
    "person",
    "platform",
    "co_actor",
    "joint",
    "hosting",
    "count",
    "choice",
    "place",
    "series",
    "split",
    "self_set_kpi",
    "declared",
    "conform",
    "conduct",
    "ip",
    "finance",
    "material",
    "text_limit",
    "filing",
    "endorsement",
    "deadline",
    "period",
    "quota",
    "sanction",
    "continuation",
    "review",
    "publicity",
    "publish",
    "recommend_up",
}


def squeezed(text: str) -> str:
    """The text without any white space, as quotes are compared."""
    return re.sub(r"\s", "", text)


def text_of(path: Path) -> str:
    """The words of a .txt (UTF-8 or GB18030) or of an .html without its tags."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return html.unescape(re.sub(r"<[^>]+>", "", text)) if path.suffix == ".html" else text


def notice_of(key: Path) -> Path:
    """The text form of the notice that a key belongs to."""
    twin = NOTICES / key.parent.relative_to(HERE / "keys") / f"{key.stem}.txt"
    return twin if twin.exists() else twin.with_suffix(".html")


def loaded(key: Path) -> dict:
    return yaml.safe_load(key.read_text(encoding="utf-8"))


def facts_of(key: dict) -> list[dict]:
    """Everything in a key that carries a cite."""
    facts = list(key["document"].get("general_rules", []))
    for category in key["categories"]:
        facts += [category, *category.get("conditions", []), *category.get("kpis", [])]
    return facts


@pytest.mark.parametrize("key", KEYS, ids=lambda p: p.stem)
def test_every_quote_stands_in_the_notice(key: Path) -> None:
    text = text_of(notice_of(key))
    lines = [squeezed(line) for line in text.split("\n")]
    for fact in facts_of(loaded(key)):
        quotes = QUOTE.findall(fact["cite"])
        assert quotes, fact
        for line, words in quotes:
            place = lines[int(line) - 1] if line else squeezed(text)
            assert squeezed(words) in place, (line, words)


@pytest.mark.parametrize("key", KEYS, ids=lambda p: p.stem)
def test_key_is_well_formed(key: Path) -> None:
    content = loaded(key)
    paths = [tuple(category["path"]) for category in content["categories"]]
    assert len(paths) == len(set(paths))
    assert all(path[:-1] in paths for path in paths if len(path) > 1)
    for category in content["categories"]:
        kpis = category.get("kpis", [])
        assert {kpi["comparator"] for kpi in kpis} <= COMPARATORS
        rules = category.get("conditions", [])
        assert {rule["formal"]["type"] for rule in rules} <= RULE_TYPES
    rules = content["document"].get("general_rules", [])
    assert {rule["formal"]["type"] for rule in rules} <= RULE_TYPES


def words_of_docx(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("".join([p.text for p in document.paragraphs] + cells))


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_docx_has_the_words_of_its_twin(path: Path) -> None:
    words = words_of_docx(path)
    for line in text_of(path.with_suffix(".txt")).split("\n"):
        bare = squeezed(NUMBER_MARK.sub("", line)) if path.stem in NUMBERED else squeezed(line)
        assert bare in words, line


def test_every_variant_has_its_expectation() -> None:
    expected = loaded(VARIANTS)
    assert set(expected) == {p.name for p in (NOTICES / "variants").iterdir()}
    for name, variant in expected.items():
        text = squeezed(text_of(NOTICES / "variants" / name))
        for fact in [variant, *variant.get("changes", [])]:
            assert all(squeezed(words) in text for _, words in QUOTE.findall(fact["cite"])), name
