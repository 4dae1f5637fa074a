"""Project numbers and names in quotes: what a change says it is for."""

import re

from keqiao.core.guides.amendments.wordings import CODE, CODES_RUN, ITEM, MOST_CODES

_NAME_BEHIND = re.compile(
    r"^(?:等\d{0,2}(?:个|项)?)?(?:项目|课题|类|专项|活动|板块|方向|行动)|^(?:和|与|及|、|,|的|申报|等)"
)


def scope_in(words: str) -> tuple[str, ...]:
    """Return the project numbers in ``words`` (runs written out) and the names in quotes that name a part."""
    return tuple(dict.fromkeys([*_runs(words), *(m["code"] for m in CODE.finditer(words)), *_quoted(words)]))


def _runs(words: str) -> list[str]:
    """``2022KCZG001至2022KCZG003`` names three projects."""
    found: list[str] = []
    for run in CODES_RUN.finditer(words):
        first, last = int(run["first"]), int(run["last"])
        if 0 < last - first < MOST_CODES:
            width = len(run["first"])
            found += [f"{run['head']}{n:0{width}d}" for n in range(first, last + 1)]
    return found


def _quoted(words: str) -> list[str]:
    found = []
    for item in ITEM.finditer(words):
        behind = words[item.end() :]
        if item["quoted"] and (_NAME_BEHIND.match(behind) or not behind):
            found.append(item["quoted"][1:-1])
    return found


def names_in(words: str) -> tuple[str, ...]:
    """Return what ``words`` name as single items: in quotes, as a paper in 《》, or by project number."""
    named = [(m["quoted"] or "")[1:-1] or m["title"] for m in ITEM.finditer(words)]
    return tuple(dict.fromkeys([*named, *_runs(words), *(m["code"] for m in CODE.finditer(words))]))
