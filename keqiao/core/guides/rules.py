"""Conditions and general rules: which of the rule types a sentence states, with its parameters.

Each type has one recogniser: a pattern over one sentence or clause and a function that gives the parameters. What
no recogniser claims is a statement that a person judges (``declared``).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keqiao.core.guides.clauses import clauses, sentences, split
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.numerals import NUMBER, number
from keqiao.core.guides.quantities.dates import read_dates, read_terms
from keqiao.core.guides.schedule import Clock
from keqiao.core.guides.tree import Category

Parameters = Callable[[re.Match[str], str], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Recogniser:
    """``type`` of rule, the ``pattern`` that shows it, its parameters. ``whole`` looks at sentences, else at clauses."""

    type: str
    pattern: re.Pattern[str]
    parameters: Parameters
    whole: bool = False
    everywhere: bool = False


_LEGAL_BODY = re.compile(
    r"(?<!不)(?:具有|具备|有|为|属)(?:独立)?(?:的)?(?:企业|事业|社会团体|社团)?(?:独立)?法人(?:资格|地位|单位)(?!的)|依法(?:注册|登记|设立|成立)|银行账户|对公账户|(?:注册|成立|登记)(?:满|时间(?:满|不少于|超过)?|运营满)\D{0,4}(?:\d+|[一二两三四五])年|(?:\d+|[一二两三四五])年以上.{0,4}(?:注册|成立)"
)
_PERSON_ROLE = r"(?P<role>项目负责人|项目主持人|负责人|主持人|被托举人|托举对象|申报人|申请人|被推荐人|推荐对象|候选人|人选|培养对象|执行主席|主讲嘉宾|主讲人|主讲专家|首席专家|团队(?:带头人|负责人|成员)|导师|领衔专家|带头人|专家团队|讲师|授课专家|报告人|课题负责人|入选者|托举专家|资助对象)"
_AGE = re.compile(
    rf"(?P<lead>不(?:得)?超过|不大于|未满|一般不超过)?(?P<n>{NUMBER})(?P<unit>周?岁)(?P<tail>以下|以内|及以下|\(含\)以下)?(?:\(含\d+周?岁[^()]*\))?"
)


def _nothing(_match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {}


def _legal(_match: re.Match[str], text: str) -> Mapping[str, Any] | None:
    value: dict[str, Any] = {}
    if re.search(r"法人", text):
        value["legal_person"] = True
    if "账户" in text:
        value["bank_account"] = "正常"
    if place := re.search(
        r"在(?P<where>[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|旗))(?:范围|行政区域|辖区|境)?内", text
    ):
        value["registered_in"] = place["where"]
    if years := re.search(rf"(?:满|不少于|超过|时间)(?P<n>{NUMBER})年|(?P<m>{NUMBER})年以上", text):
        value["registered_years_min"] = int(number(years["n"] or years["m"]) or 0)
    return value


def _proxy(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    named = re.search(r"以(?:其)?(?:所)?(?:依托|挂靠)?的?(?P<as>[^,;。]{2,24}?)名义", text)
    target = named["as"] if named else "主管单位"
    return {"as": [word for word in re.split(r"[、及和或]", target) if word]}


def _recognition(match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"register": match.groupdict().get("what") or text.strip()}
    if re.search(r"除外|不得|不再", text):
        value["negate"] = True
    if grade := re.search(r"优秀|良好|合格|[AＡ]级|一级|五星", text):
        value["grade"] = grade.group()
    if before := re.search(r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日)(?:之?前|以前)", text):
        dates = read_dates(before["date"])
        if dates and dates[0].day:
            value["before"] = dates[0].day.isoformat()
    return value


def _history(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {
        "what": text.strip(),
        "outcome": "none" if re.search(r"没有|无|未", text) else "good",
    }
    if years := re.search(rf"近(?P<n>{NUMBER})年", text):
        value["years"] = int(number(years["n"]) or 0)
    return value


def _age(match: re.Match[str], text: str) -> Mapping[str, Any] | None:
    age = _AGE.search(text)
    if age is None:
        return None
    value: dict[str, Any] = {
        "role": match.groupdict().get("role") or "", "attr": "age", "op": "<=",
        "value": int(number(age["n"]) or 0), "unit": age["unit"],
    }  # fmt: skip
    born = [m for m in read_dates(text) if re.match(r"[^,;。]{0,4}(?:以|之)?后", text[m.end :])]
    if born:
        value["born_after"] = born[0].iso()
    if re.search(r"放宽|可适当", text):
        value["exception_for"] = text.split("的", maxsplit=1)[0][-16:]
    if re.search(r"一般|原则", text):
        value["hedge"] = "一般"
    return value


def _qualification(match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"role": match.groupdict().get("role") or "", "attr": "qualification"}
    level = re.search(r"(?P<n>[一二三四]|[1-4])级(?:及)?以上", text)
    if level:
        value |= {"level_op": ">=", "level": int(number(level["n"]) or 0)}
    if months := re.search(
        rf"(?:社保|缴纳|从业|工作|任职)\D{{0,8}}(?:满|不少于|以上)?(?P<n>{NUMBER})(?P<u>个月|年)(?:以上)?",
        text,
    ):
        key = (
            "months_min"
            if months["u"] == "个月"
            else ("experience_years" if "从业" in text or "工作经" in text else "years_min")
        )
        value[key] = int(number(months["n"]) or 0)
    return value


def _attribute(name: str) -> Parameters:
    def parameters(match: re.Match[str], _text: str) -> Mapping[str, Any]:
        return {"role": match.groupdict().get("role") or "", "attr": name}

    return parameters


def _worked(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"role": "", "attr": "workplace_and_field"}
    return {**value, "years_min": int(match["years"])} if match["years"] else value


def _sanction(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"effect": "revoke" if "取消" in text or "撤销" in text else "ban"}
    if years := re.search(
        rf"(?P<n>{NUMBER})(?:个)?年(?:之)?内|连续(?P<m>{NUMBER})年|(?P<k>{NUMBER})年不得", text
    ):
        value |= {"years": int(number(years["n"] or years["m"] or years["k"]) or 0), "effect": "ban"}
    value["subjects"] = [w for w in ("单位", "项目主持人", "项目负责人", "个人") if w in text] or ["单位"]
    value["trigger"] = [re.split(r"[,;]", text)[0].strip()]
    return value


def _quota(match: re.Match[str], text: str) -> Mapping[str, Any] | None:
    if match.groupdict().get("free"):
        return {"at": "apply", "max": None}
    limit = number(match["n"])
    if limit is None:
        return None
    value: dict[str, Any] = {
        "at": "undertake" if re.search(r"承担|立项|在研|获批", text) else "apply", "max": int(limit), "unit": match["unit"],
    }  # fmt: skip
    if "原则上" in text:
        value["hedge"] = "原则上"
    return value


def _publicity(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {}
    for term in read_terms(text):
        if term.unit in ("个工作日", "个自然日", "天") and "公示" in text:
            value |= {"days": int(term.amount), "day_kind": "工作日" if term.unit == "个工作日" else "自然日"}
    if objection := re.search(r"(?:期满)?无异议", text):
        value["objection"] = objection.group()
    return value


def _joint(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    if re.search(r"鼓励|支持", text):
        return {"mode": "encouraged"}
    value: dict[str, Any] = {
        "mode": "required"
        if re.match(r".{0,3}由|.*必须联合|.*须联合|.*应联合", text) and "可" not in text
        else "allowed"
    }
    if units := re.search(rf"(?P<n>{NUMBER})个?(?:及)?以上(?:的)?(?:单位|部门|机构)", text):
        value["min_units"] = int(number(units["n"]) or 0)
    if least := re.search(rf"联合申报单位不少于(?P<n>{NUMBER})[家个]", text):
        value |= {"min_units": int(number(least["n"]) or 0), "mode": "required"}
    if "牵头" in text:
        value["lead_required"] = True
    return value


def _choice(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"what": text.strip()}
    if least := re.search(rf"选取(?P<n>{NUMBER})[项个](?:或|以上|及)", text):
        value["pick_min"] = int(number(least["n"]) or 0)
    if most := re.search(rf"不超过(?P<n>{NUMBER})个", text):
        value["pick_max"] = int(number(most["n"]) or 0)
    if "其中一" in text or "选报其一" in text or "任选" in text:
        value["pick_max"] = 1
    if kinds := re.search(rf"分为(?P<names>.+?)(?P<n>{NUMBER})(?:种|个|类)", text):
        value |= {"from": re.split(r"、|和|及", kinds["names"]), "from_count": int(number(kinds["n"]) or 0)}
    return value


def _conform(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"to": match["to"]}


def _place(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"where": match["where"]}


def _series(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"into": match["into"]}


def _platform(match: re.Match[str], text: str) -> Mapping[str, Any]:
    action = "join" if "入驻" in text else "register"
    return {"platform": match["platform"], "action": f"{action}_and_upload" if "上传" in text else action}


def _split(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"unit": match.groupdict().get("unit") or "场次"}


RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser("continuation", re.compile(r"不予连续支持|不再(?:连续|继续)支持|延续支持"), _nothing, whole=True),
    Recogniser("sanction", re.compile(rf"(?:{NUMBER})年(?:之)?内[^,;。]{{0,10}}?(?:均)?不(?:得|予|再|受理)|连续{NUMBER}年[^,;。]*取消|{NUMBER}年不得|取消.{{0,14}}(?:申报|承办|入选|参评|推荐|项目)?资格(?!审)|列入黑名单"), _sanction, whole=True, everywhere=True),
    Recogniser("quota", re.compile(rf"(?P<free>申报(?:数量)?不作?限制|数量不限|不限申报)|(?:(?:同一|每个?|一个)(?:申报)?(?:单位|项目负责人|负责人|主持人|申报主体|申报人|法人单位|学会|高校|企业|县)|每[家人]|每个?[^,;。]{{2,8}}?(?=不超过)|(?:学会|科协|高校|单位|企业)(?=(?:限|申报|最多|只能)))[^,;。]{{0,24}}?(?:不(?:得)?(?:超过|多于)|限(?:报|申报)?|最多(?:可)?(?:申报|承担)?|只能(?:申报|承担)?|仅(?:能|限)?(?:申报|承担)?)(?P<n>{NUMBER})(?P<unit>项|个|支|名|篇)"), _quota, everywhere=True),
    Recogniser("publicity", re.compile(r"公示"), _publicity, whole=True, everywhere=True),
    Recogniser("proxy", re.compile(r"以[^,;。]{0,24}名义(?:进行)?(?:申报|申请)|(?:由|可由)[^,;。]{0,8}(?:(?:主管|挂靠|依托|支撑)单位|所在[^,;。]{1,6})(?:进行)?(?:申报|申请|代为)"), _proxy, everywhere=True),
    Recogniser("legal_status", _LEGAL_BODY, _legal, whole=True),
    Recogniser("recognition", re.compile(r"(?:已)?被[^,;。]{0,16}?(?:认定|命名|授予|评为|列为)(?:为|的)?(?P<what>[^,;。]*)|已(?:获|获得|取得|列入)(?P<what2>[^,;。]*?)的?除外|考核(?:结果)?(?:为|达到)?(?:优秀|良好|合格)(?:以上)?|聘任期内|获得[^,;。]{0,16}(?:表彰|认定|命名|称号)|经[^,;。]{2,14}(?:认定|命名|批准)(?:的|$|,)|已(?:认定|列入|入选)|获[^,;。]{2,10}授牌"), _recognition),
    Recogniser("history", re.compile(r"较好(?:地)?完成|近[一二三两\d]+年(?:来|内)?[^,;。]{0,10}(?:没有|无|未)|按(?:要求|时|期)[^,;。]{0,6}换届|年(?:度)?(?:检查|检)(?:合格|结论|基本合格)|完成情况(?:良好|较好)|以往[^,;。]{0,12}完成|无不良(?:信用|记录)|未(?:发生|被列入)|没有发生"), _history),
    Recogniser("person", re.compile(rf"(?:{_PERSON_ROLE}[^,;。]{{0,12}}?)?(?:年龄[^,;。]{{0,10}}?)(?:{NUMBER})周?岁|年龄[^,;。]*?(?:\d+)周?岁|(?:放宽|不超过)[^,;。]{{0,6}}(?:{NUMBER})周?岁"), _age, everywhere=True),
    Recogniser("person", re.compile(r"在我?[省市县区州][^,;。]{0,4}工作的|在[^,;。]{2,6}工作[^,;。]{0,4}的[^,;。]*科技工作者"), _attribute("workplace_and_field")),
    Recogniser("person", re.compile(r"主持或(?:主要)?(?:承担|参与)"), _attribute("participation")),
    Recogniser("person", re.compile(r"(?:为|是|须为|应为)(?:本|申报单位|申报学会|该|推荐单位|学会)[^,;。]{0,6}(?:个人)?会员"), _attribute("membership")),
    Recogniser("person", re.compile(r"(?:\(|须?(?:为|是|担任))(?:本)?(?:申报单位|本?学会|学会)?(?:的)?(?:常务)?理事(?:/委员)?(?:及)?以上"), _attribute("position"), everywhere=True),
    Recogniser("person", re.compile(rf"{_PERSON_ROLE}[^,;。]{{0,8}}(?:须|应|需|要)?(?:是|为|具有|具备|熟悉|由)[^,;。]{{2,}}|邀请[^,;。]{{0,16}}(?P<expert>权威专家)组织|[一二三]级(?:及)?以上[^,;。]{{0,12}}(?:咨询师|教练|讲师|裁判)"), _qualification, everywhere=True),
    Recogniser("person", re.compile(r"(?<![\u4e00-\u9fff]{10})(?P<role>[\u4e00-\u9fff]{2,5}?)(?:须|应|需)(?:具有|为|是|持有)[^,;。]{0,16}(?:职称|学位|学历|资格证?|证书|理事|委员|会员)"), _qualification, everywhere=True),
    Recogniser("person", re.compile(r"^(?:\d[.、])?(?:具有|具备)[^,;。]{0,12}(?:以上)?(?:学位|学历|专业技术职称|职称)"), _qualification),
    Recogniser("person", re.compile(r"在[\u4e00-\u9fff]{2,8}?(?:全职)?工作(?:满(?P<years>\d+)年)?(?:$|,|,从事)"), _worked),
    Recogniser("person", re.compile(r"(?P<role>执行主席)负责制|实行(?P<role2>[^,;。]{2,8})负责制"), _attribute("responsibility"), everywhere=True),
    Recogniser("joint", re.compile(rf"(?:可|可以|允许)?(?:单独或者?)?联合(?:申报|策划|推荐)|由[^。;]*联合[^。;]*(?:进行)?申报|{NUMBER}个?(?:及)?以上单位联合|联合申报单位|鼓励[^,;。]*联合|支持[^;。]*联合申报"), _joint, everywhere=True),
    Recogniser("split", re.compile(r"可申报(?:其中)?(?:部分(?P<unit>场次|期数|期|内容)|一期或者?多期)"), _split, everywhere=True),
    Recogniser("material", re.compile(r"(?:须|需|应|要)?出具(?P<name>[^,;。]{2,18}(?:函|证明|意见|文件))|(?:并|须|需)?提交(?P<name2>[^,;。]{2,20}?(?:代表作品?|作品|协议|证明|推荐函|承诺书|佐证材料)(?=[\d,;。]|$))|签订有?(?P<name3>[^,;。()]{2,14}协议)|(?P<name4>[^,;。]{2,24}正式文件)印发"), _nothing, everywhere=True),
    Recogniser("choice", re.compile(rf"选取(?:{NUMBER})[项个](?:或|以上|及)|分为[^。;]{{2,60}}?(?:{NUMBER})(?:种|个|类)|仅能(?:选报?|申报)[^,;。]*其中一|选报其一|不超过(?:{NUMBER})个选题|任选(?:{NUMBER})"), _choice, everywhere=True),
    Recogniser("conform", re.compile(r"(?:按照|根据|依据|严格按|满足|符合|执行|贯彻)[^,;。《]{0,12}(?P<to>《[^》]*(?:<[^>]*>[^》]*)?》)"), _conform, whole=True, everywhere=True),
    Recogniser("series", re.compile(r"(?:全部)?纳入(?P<into>“[^”]*”|[^,;。]{2,16}?)(?:,?统一管理|系列)"), _series, everywhere=True),
    Recogniser("place", re.compile(r"(?:活动|会议|项目)(?:须|应)?在(?P<where>我[省市县区州]|[^,;。]{2,8}(?:省|市|县|区))(?:内|境内|范围内)?(?:举办|开展|实施)"), _place, everywhere=True),
    Recogniser("platform", re.compile(r"(?:入驻|注册)(?P<platform>“?科创中国”?|“[^”]*”|[^,;。]{2,10}?)(?:信息)?平台|在(?P<platform2>[^,;。]{0,8}“[^”]+”)[^,;。]*(?:集体)?注册"), _platform, everywhere=True),
)  # fmt: skip


def read_rules(category: Category, clock: Clock, rest: Sequence[Piece]) -> list[Fact]:
    """Return the rules that a category's words state; ``rest`` holds the conditions behind the list of applicants."""
    found: list[Fact] = []
    conditions = [*category.slots.get("conditions", []), *category.slots.get("requirements", []), *rest]
    for piece in conditions:
        for sentence in sentences(piece):
            found += _of_sentence(sentence, category.path, conditions=True)
    for slot in ("targets", "content", "procedure", "general", "places", "deadline", "money"):
        for piece in category.slots.get(slot, []):
            for sentence in sentences(piece):
                found += _of_sentence(
                    sentence, category.path, conditions=slot == "general" and not category.path
                )
    for cell in category.slots.get("table", []):
        found += [
            f for f in _of_sentence(cell, category.path, conditions=False) if f.value["type"] == "quota"
        ]
    for applicants in category.slots.get("applicants", []) if category.path else []:
        for sentence in sentences(applicants):
            found += [
                f
                for f in _of_sentence(sentence, category.path, conditions=False)
                if f.value["type"] in ("proxy", "joint")
            ]
    return _once(found)


def _of_sentence(sentence: Piece, path: tuple[str, ...], *, conditions: bool) -> Iterator[Fact]:
    claimed = False
    for recogniser in RECOGNISERS:
        if not conditions and not recogniser.everywhere:
            continue
        parts = list(split(sentence, ";")) if recogniser.whole else list(_condition_clauses(sentence))
        for part in parts:
            fact = _recognise(recogniser, part, path)
            if fact is not None:
                claimed = True
                yield fact
    if conditions and not claimed and len(sentence.text) > 4:
        yield Fact("rule", path, {"type": "declared", "summary": sentence.written.strip()}, sentence)


def _condition_clauses(sentence: Piece) -> Iterator[Piece]:
    """Clauses at semicolons; and at commas where the clause stands on its own."""
    for part in split(sentence, ";"):
        yield from clauses(part)


def _recognise(recogniser: Recogniser, part: Piece, path: tuple[str, ...]) -> Fact | None:
    match = recogniser.pattern.search(part.text)
    if match is None:
        return None
    if recogniser.type == "material":
        name = next((match[key] for key in ("name", "name2", "name3", "name4") if match[key]), "")
        value: Mapping[str, Any] | None = _material_value(name, part.text)
    else:
        value = recogniser.parameters(match, part.text)
    if value is None or (recogniser.type == "quota" and path and _is_unit_limit(value, part.text)):
        return None  # a category's own limit on applying is its per_unit_limit
    hedged = Confidence.SOFT if re.search(r"原则|一般", part.text) else Confidence.CERTAIN
    return Fact(
        "rule", path, {"type": recogniser.type, "summary": part.written.strip(), **value}, part, hedged
    )


def _is_unit_limit(value: Mapping[str, Any], text: str) -> bool:
    return bool(
        value.get("at") == "apply" and value.get("max") and not re.search(r"每人|负责人|主持人|申报人", text)
    )


def _material_value(name: str, text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"name": name.strip()}
    behind = text[text.find(name) :]
    if amount := re.search(rf"(?P<low>{NUMBER})(?:-(?P<high>{NUMBER}))?(?P<unit>部|件|篇|个|项|幅)", behind):
        value |= {"min": int(number(amount["low"]) or 0), "unit": amount["unit"]}
        if amount["high"]:
            value["max"] = int(number(amount["high"]) or 0)
    return value


def _once(facts: list[Fact]) -> list[Fact]:
    """The same rule stated by one sentence twice counts once; one legal status, one notice per sentence."""
    kept: list[Fact] = []
    for fact in facts:
        if not any(_twice(fact, known) for known in kept):
            kept = [
                known for known in kept if not (fact.value["type"] == "publicity" and _twice(known, fact))
            ]
            kept.append(fact)
    return kept


def _twice(fact: Fact, known: Fact) -> bool:
    if fact.value["type"] != known.value["type"] or fact.words.line is not known.words.line:
        return False
    if fact.value["type"] == "publicity":
        return "days" not in fact.value or "days" in known.value
    same_words = fact.words.start < known.words.end and known.words.start < fact.words.end
    return same_words and fact.value.get("attr") == known.value.get("attr")
