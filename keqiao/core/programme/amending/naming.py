"""Which parts of a call a notice's words name: by name, by project number, by class letter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from keqiao.core.programme.amending.spots import NodeInfo

_MARKS = re.compile(r"[“”\"'‘’《》<>()（）\[\]【】\s·、,，;；:：。-]")
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9-]{5,}$")
_CLASS = re.compile(r"^[A-Z]类")
_YEAR = re.compile(r"^20\d{2}年度?")
_TELLING = 4  # characters in a row that make a part come near
_SHORTEST = 2  # characters of a name that may be looked for inside running words

_SUBJECTS = (
    r"截止|截至|时间|日期|期限|时限|通道|期间|报送|受理|征集|报名|填报|提交|推荐|上报|寄送|注册|开始|完成|结项|结题|验收|实施|周期|执行|开放|启动|"
    r"资助|支持|补助|奖补|奖励|经费|资金|标准|额度|强度|金额|总额|总经费|预算|合计|总计|安排|共|不超过|最高|上限|下限|最低|不少于|不低于|"
    r"立项|拟|数量|个数|项数|数目|名额|限额|限报|限申报|每个?|单位|可|只能|至多|最多|个|项|家|评选|遴选|"
    r"联系人|联系电话|联系方式|联系|咨询|电话|手机|电子|邮箱|信箱|邮件|地址|地点|号码|材料|纸质|一式|份数|份|万元|元|"
    r"绩效|考核|指标|目标|要求|规定|活动"
)
_FILLER = re.compile(
    r"经(?:认真|集体)?研究|(?:为|因|鉴于|由于)[^,。\n]{0,24}(?=现|决定|将|把|申报)|决定|现|原定?于?|将|把|对|由|的|了|中|其中|"
    r"本次|此次|该|全部|所有|各|有关|相关|以上|上述|统一|相应|一并|请|我会|市科协|省科协|区科协|县科协|"
    r"申报|通知|指南|公告|文件|附件\s*\d*|原文|正文|内容|部分|表述|项目|课题|类别|年度|20\d{2}年?|"
    r"第?[一二三四五六七八九十\d]{1,3}(?:条|项|款|点|部分|章|段|行|页)|[一二三四五六七八九十]、|" + _SUBJECTS
)
"""Words that name no part of a call: what every notice says around the names, and the words for what is changed."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The nodes that words name, the longest names first looked for; ``rest`` is what no name used; ``unknown`` the
    quoted names and project numbers that the call does not have.
    """

    nodes: tuple[NodeInfo, ...]
    rest: str
    unknown: tuple[str, ...] = ()


def folded(words: str) -> str:
    """Return words for comparison: quotes, brackets, blanks and stops do not matter."""
    return _MARKS.sub("", words)


def named_in(words: str, scope: Sequence[str], nodes: Sequence[NodeInfo]) -> Naming:
    """Return the parts that ``words`` name, and those that ``scope`` names outright.

    A name is taken whole before a shorter one that it contains; of a category and one that it lies in, both
    named, the inner one is meant.
    """
    by_name = _by_name(nodes)
    found: list[NodeInfo] = []
    rest = folded(words)
    for name in sorted(by_name, key=len, reverse=True):
        if name in rest:
            found += by_name[name]
            rest = rest.replace(name, "\n")
    unknown = []
    for name in scope:
        known = by_name.get(folded(name)) or by_name.get(folded(name).removesuffix("项目"))
        found += known or ()
        if not known and not any(folded(name) in other for other in by_name if other in folded(words)):
            unknown.append(name)
    return Naming(tuple(_inner(found, nodes)), rest.replace("\n", ""), tuple(unknown))


def like(name: str, nodes: Iterable[NodeInfo]) -> tuple[NodeInfo, ...]:
    """The parts whose name contains ``name``, or is contained in it: what may be meant by an unknown name."""
    words = folded(name)
    if len(words) < _SHORTEST:
        return ()
    return tuple(n for n in nodes if (whole := folded(n.name)) and (words in whole or whole in words))


def nearest(words: str, nodes: Iterable[NodeInfo]) -> tuple[NodeInfo, ...]:
    """The parts whose name has the longest run of characters in common with ``words``; none below four."""
    runs = [(_common(folded(node.name), words), node) for node in nodes if node.name]
    most = max((run for run, _node in runs), default=0)
    return tuple(node for run, node in runs if run == most) if most >= _TELLING else ()


def _common(name: str, words: str) -> int:
    return SequenceMatcher(None, name, words, autojunk=False).find_longest_match().size


def is_filler(rest: str) -> bool:
    """Tell whether nothing in ``rest`` may be the name of a part."""
    return len(re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", _FILLER.sub("", rest))) < _SHORTEST


def _by_name(nodes: Iterable[NodeInfo]) -> dict[str, list[NodeInfo]]:
    found: dict[str, list[NodeInfo]] = {}
    for node in nodes:
        for name in _names(node):
            found.setdefault(name, []).append(node)
    return found


def _names(node: NodeInfo) -> set[str]:
    """The spellings of a part: with and without its year, with and without 项目 behind it, its project number."""
    whole = folded(node.name)
    bare = {
        whole,
        whole.removesuffix("项目"),
        _YEAR.sub("", whole),
        _YEAR.sub("", whole).removesuffix("项目"),
    }
    names = {name for name in bare if len(name) > _SHORTEST}
    if _CODE.match(node.code):
        names.add(folded(node.code))
    if letter := _CLASS.match(node.code) or _CLASS.match(node.name):
        names.add(letter.group())
    return names


def _inner(found: Iterable[NodeInfo], nodes: Iterable[NodeInfo]) -> Iterator[NodeInfo]:
    """In the order of the call; without a category (and its track) where something that lies in it is named too."""
    named = {node.identifier: node for node in found}
    paths = [node.path for node in named.values() if node.path]
    outer = {path[:depth] for path in paths for depth in range(1, len(path))}
    inner_tracks = {node.track for node in named.values() if node.path and node.path not in outer}
    covered = {node.track for node in named.values() if node.path in outer} & inner_tracks
    for node in nodes:
        if node.identifier not in named or node.path in outer:
            continue
        if node.path or node.identifier not in covered:
            yield node
