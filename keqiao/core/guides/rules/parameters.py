"""How the parameters of each rule are read from the words that show it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from keqiao.core.guides.numerals import NUMBER, number
from keqiao.core.guides.quantities.dates import read_dates, read_terms

Parameters = Callable[[re.Match[str], str], Mapping[str, Any] | None]
"""(match of the phrase, words of the part) → parameters, or None where the words state no such rule after all."""

_AGE = re.compile(rf"(?P<n>{NUMBER})(?P<unit>周?岁)")
_HELD_AT_AWARD = re.compile(r"承担|立项|在研|获批")


def _nothing(_match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {}


def _named(match: re.Match[str], *groups: str) -> str:
    known = match.groupdict()
    return next((known[group] for group in groups if known.get(group)), "") or ""


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
        experience = "experience_years" if "从业" in text or "工作经" in text else "years_min"
        value["months_min" if months["u"] == "个月" else experience] = int(number(months["n"]) or 0)
    return value


def _attribute(name: str) -> Parameters:
    def parameters(match: re.Match[str], _text: str) -> Mapping[str, Any]:
        return {"role": match.groupdict().get("role") or "", "attr": name}

    return parameters


def _worked(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"role": "", "attr": "workplace_and_field"}
    years = match.groupdict().get("years")
    return {**value, "years_min": int(years)} if years else value


def _sanction(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"effect": "revoke" if "取消" in text or "撤销" in text else "ban"}
    if years := re.search(
        rf"(?<!\d)(?P<n>{NUMBER})个?年之?内|连续(?P<m>{NUMBER})年|(?<!\d)(?P<k>{NUMBER})年不得", text
    ):
        value |= {"years": int(number(years["n"] or years["m"] or years["k"]) or 0), "effect": "ban"}
    value["subjects"] = [w for w in ("单位", "项目主持人", "项目负责人", "个人") if w in text] or ["单位"]
    value["trigger"] = [re.split(r"[,;]", text)[0].strip()]
    return value


def _no_quota(_match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"at": "apply", "max": None}


def _quota(match: re.Match[str], text: str) -> Mapping[str, Any] | None:
    limit = number(match["n"])
    if limit is None:
        return None
    value: dict[str, Any] = {
        "at": "undertake" if _HELD_AT_AWARD.search(text) else "apply", "max": int(limit), "unit": match["unit"],
    }  # fmt: skip
    if "原则上" in text:
        value["hedge"] = "原则上"
    return value


def _publicity(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {}
    for term in read_terms(text):
        if term.unit in ("个工作日", "个自然日", "天", "日") and "公示" in text[: term.start]:
            value |= {"days": int(term.amount), "day_kind": "工作日" if term.unit == "个工作日" else "自然日"}
    if objection := re.search(r"(?:期满)?无异议", text):
        value["objection"] = objection.group()
    return value


def _joint(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    if re.search(r"鼓励|支持", text):
        return {"mode": "encouraged"}
    value: dict[str, Any] = {
        "mode": "required" if re.search(r"^.{0,3}由|须联合|应联合", text) and "可" not in text else "allowed"
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
    if kinds := re.search(rf"分为(?P<names>[^分]{{1,60}}?)(?P<n>{NUMBER})(?:种|个|类)", text):
        value |= {"from": re.split(r"、|和|及", kinds["names"]), "from_count": int(number(kinds["n"]) or 0)}
    return value


def _conform(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"to": match["to"]}


def _place(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"where": match["where"]}


def _series(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"into": match["into"].strip("“”")}


def _platform(match: re.Match[str], text: str) -> Mapping[str, Any]:
    action = "join" if "入驻" in text else "register"
    return {"platform": match["platform"], "action": f"{action}_and_upload" if "上传" in text else action}


def _split(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    return {"unit": match["unit"] or "期"}


def _material(match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"name": match["name"].strip()}
    behind = text[match.end("name") :]
    if amount := re.match(
        rf"(?<!\d)(?P<low>{NUMBER})(?:-(?P<high>{NUMBER}))?(?P<unit>部|件|篇|个|项|幅)", behind
    ):
        value |= {"min": int(number(amount["low"]) or 0), "unit": amount["unit"]}
        if amount["high"]:
            value["max"] = int(number(amount["high"]) or 0)
    return value


def _finance(_match: re.Match[str], text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {}
    if "单独核算" in text:
        value["separate_accounting"] = True
    if "专账" in text:
        value["dedicated_book"] = True
    if re.search(r"自筹|配套", text):
        value["matching"] = "encouraged" if re.search(r"鼓励|积极", text) else "required"
    return value


def _conduct(match: re.Match[str], text: str) -> Mapping[str, Any]:
    forbidden = _named(match, "forbid", "forbid2")
    return {"forbid": [forbidden]} if forbidden else {"require": [text.strip()]}


def _hosting(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    value: dict[str, Any] = {"open_to_applicants": False}
    return {**value, "undertaken_by": match["by"]} if match.groupdict().get("by") else value


def _co_actor(match: re.Match[str], _text: str) -> Mapping[str, Any]:
    named = re.split(r"应有|邀请", match["who"])[-1]
    return {"role": match["role"], "any_of": [word for word in re.split(r"[、或和及]", named) if word]}


PARAMETERS: Mapping[str, Parameters] = {
    "nothing": _nothing, "legal_status": _legal, "proxy": _proxy, "recognition": _recognition, "history": _history,
    "age": _age, "qualification": _qualification, "workplace": _worked, "sanction": _sanction,
    "participation": _attribute("participation"), "membership": _attribute("membership"),
    "position": _attribute("position"), "responsibility": _attribute("responsibility"),
    "quota": _quota, "no_quota": _no_quota, "publicity": _publicity, "joint": _joint, "choice": _choice,
    "conform": _conform, "place": _place, "series": _series, "platform": _platform, "split": _split,
    "material": _material, "finance": _finance, "conduct": _conduct, "hosting": _hosting, "co_actor": _co_actor,
}  # fmt: skip
"""Name in ``data/vocabulary/rules.yaml`` → how parameters are read."""
