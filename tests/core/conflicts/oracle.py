"""Conflicts found by asking every expert about every application, rule by rule; shares nothing with the core.

Works on plain data: a person is (name, id, key), a body (name, id, whole), a post (body, since, until) with days as
numbers (a year has 365 of them here), a relation (kind, one, other, until); its other side may be ("body", body).
"""

from typing import Any

YEAR = 365
SURE, UNSURE = "fails", "person"


def alike(one: tuple[str, str, str], other: tuple[str, str, str]) -> str:
    """Whether two mentions of a person are the same."""
    (name, number, key), (its_name, its_number, its_key) = one, other
    if number != "" and number == its_number:
        return SURE
    if key != "" and its_key != "":
        return SURE if key == its_key else ""
    return UNSURE if name.strip() == its_name.strip() != "" else ""


def one_body(one: tuple[str, str, str], other: tuple[str, str, str]) -> str:
    """Whether two mentions of a body are the same."""
    if one[1] and other[1]:
        return SURE if any(mine and mine in other[1:] for mine in one[1:]) else ""
    return UNSURE if one[0].strip() == other[0].strip() != "" else ""


def held(post: tuple[Any, Any, Any], years: int | None, day: int) -> bool:
    _body, since, until = post
    if since is not None and since > day:
        return False
    return until is None or years is None or day - until <= years * YEAR


def both(*answers: str) -> str:
    """Sure only where both are, nothing where one is nothing."""
    if "" in answers:
        return ""
    return UNSURE if UNSURE in answers else SURE


def name_of(who: tuple[str, str, str]) -> str:
    return who[1] or who[2] or who[0]


def body_name(body: tuple[str, str, str]) -> str:
    return body[1] or body[0]


class Oracle:
    """One world; ``found`` is the set of (rule, verdict, about) of a pair."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.world = world
        self.rules = world["rules"]
        self.day = world["day"]

    def found(self, expert: dict[str, Any], application: dict[str, Any]) -> set[tuple[str, str, str]]:
        raw = {
            *self.people(expert, application),
            *self.bodies(expert, application),
            *self.related(expert, application),
            *self.whole_call(expert),
            *self.own(expert, application),
        }
        if "declared" in self.rules and application["id"] in expert["declared"]:
            raw.add(("declared", SURE, name_of(expert["who"])))
        return {
            self.settled(expert, application, each) for each in raw if each[0] in self.rules and each[1]
        } - {("", "", "")}

    def settled(self, expert: Any, application: Any, said: tuple[str, str, str]) -> tuple[str, str, str]:
        rule, verdict, about = said
        answer = self.world["settled"].get((expert["id"], application["id"], rule, about))
        if verdict == SURE or answer is None:
            return said
        return (rule, SURE, about) if answer else ("", "", "")

    def people(self, expert: Any, application: Any) -> list[tuple[str, str, str]]:
        named = [(part, who) for who, part, _posts in application["people"]]
        named += [("endorsing_person", who) for who in application["endorsing"]]
        most = self.rules.get("unsuitable", {}).get("most", 0)
        named += [("unsuitable", who) for who in application["unsuitable"][:most]]
        return [(code, alike(expert["who"], who), name_of(who)) for code, who in named]

    def bodies(self, expert: Any, application: Any) -> list[tuple[str, str, str]]:
        named = [("unit", application["unit"])]
        named += [("host", each) for each in application["host"]]
        named += [("partner", each) for each in application["partners"]]
        named += [("endorsing_unit", each) for each in application["endorsers"]]
        if "team_unit" in self.rules:
            years = self.rules["team_unit"]["years"]
            named += [
                ("team_unit", post[0])
                for _who, _part, posts in application["people"]
                for post in posts
                if held(post, years, self.day)
            ]
        return [
            (code, one_body(post[0], body), body_name(body))
            for code, body in named
            if code in self.rules
            for post in expert["posts"]
            if held(post, self.rules[code]["years"], self.day)
        ]

    def related(self, expert: Any, application: Any) -> list[tuple[str, str, str]]:
        found = []
        for code, rule in self.rules.items():
            for kind, one, other, until in self.world["relations"]:
                far = (
                    until is not None
                    and rule["years"] is not None
                    and self.day - until > rule["years"] * YEAR
                )
                if kind not in rule.get("kinds", ()) or far:
                    continue
                if other[0] == "body":
                    found += self.interested(expert, application, (code, one, other[1]))
                    continue
                for judge, person in ((one, other), (other, one)):
                    for who, _part, _posts in application["people"]:
                        answer = both(alike(expert["who"], judge), alike(person, who))
                        found.append((code, answer, name_of(person)))
        return found

    def interested(self, expert: Any, application: Any, said: Any) -> list[tuple[str, str, str]]:
        code, judge, body = said
        return [
            (code, both(alike(expert["who"], judge), one_body(body, bidder)), body_name(body))
            for bidder in (application["unit"], *application["host"], *application["partners"])
        ]

    def whole_call(self, expert: Any) -> list[tuple[str, str, str]]:
        found = [
            (code, one_body(post[0], body), body_name(body))
            for code, bodies in (("office_staff", "offices"), ("finance_supervisor", "finance"))
            if code in self.rules
            for body in self.world[bodies]
            for post in expert["posts"]
            if held(post, self.rules[code]["years"], self.day)
        ]
        if "rotation" in self.rules:
            year = self.world["year"]
            if all(year - back in expert["served"] for back in range(1, self.rules["rotation"]["years"] + 1)):
                found.append(("rotation", SURE, str(year - 1)))
        return found

    def own(self, expert: Any, application: Any) -> list[tuple[str, str, str]]:
        if "own_application" not in self.rules:
            return []
        by_category = self.rules["own_application"]["scope"] == "category"
        return [
            ("own_application", alike(expert["who"], who), mine["id"])
            for mine in self.world["applications"]
            if mine is not application
            and mine["call"] == application["call"]
            and (not by_category or mine["category"] == application["category"])
            for who, part, _posts in mine["people"]
            if part != "mentor"
        ]
