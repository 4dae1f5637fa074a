"""The facts of a flat reading or definition, as things that can be counted and compared."""

from collections import Counter

MAIN = {
    "quota": ("max", "min", "extra"), "sanction": ("years", "rounds"), "publicity": ("days",), "proxy": (),
    "person": ("value", "born_after", "level", "years_min"), "period": ("years", "months", "start", "finish_by"),
    "deadline": ("date",), "legal_status": ("registered_years_min",), "recognition": ("before",),
    "joint": ("min_units",), "material": ("copies", "min", "max"), "text_limit": ("value",),
}  # fmt: skip
"""The rule types whose parameters a reading must find, with those that count."""


def facts(stated):
    """The facts of a flat reading or definition by group, each as often as it stands there."""
    document, found = stated["document"], Counter()
    found["deadline", document.get("deadline")] += 1
    for name, due in document.get("deadlines_by_track", {}).items():
        found["deadline of track", name, due] += 1
    found["copies", document.get("copies", {}).get("paper")] += 1
    for channel in document.get("channels", []):
        found["channel", channel] += 1
    for key in ("title", "document_number", "issue_date", "region", "year"):
        found[key, document.get(key)] += 1
    found["applicants", (), _kinds_of_all(document)] += 1
    found["issuers", tuple(document["issuers"])] += 1
    found["attachments", tuple(document.get("attachments", ()))] += 1
    found.update(_contacts(document, stated["categories"]))
    found.update(_rules((), document.get("general_rules", [])))
    for category in stated["categories"]:
        found.update(_category(category))
    return found


def _kinds_of_all(document):
    """Who may apply to the whole call: a statement of the definition, a rule ``applicant_kind`` of the reading."""
    rules = [rule["formal"] for rule in document.get("general_rules", ())]
    return tuple(document.get("applicant_kinds", ())) or tuple(
        kind for formal in rules if formal["type"] == "applicant_kind" for kind in formal["any_of"]
    )


def _category(category):
    path = tuple(_bare(name) for name in category["path"])
    yield "category", path
    for key in ("per_unit_limit", "completion_date", "term"):
        if key in category:
            yield key, path, category[key]
    for key in ("applicant_kinds", "expenditure_scope"):
        if key in category:
            yield key, path, tuple(category[key])
    for key in ("funding", "slots"):
        if key in category:
            yield key, path, tuple(sorted(category[key].items()))
    yield from (("preference", path, words) for words in category.get("preference", ()))
    yield from (
        ("bundle", path, _bare(name)) for name in category.get("bundle", {}).get("must_also_apply", ())
    )
    yield from _targets(path, category.get("kpis", []))
    yield from _rules(path, category.get("conditions", []))


def _bare(name):
    """A name without quotation marks, which a reading keeps or drops."""
    return name.replace("“", "").replace("”", "")


def _targets(path, kpis):
    groups = Counter(kpi["alternative_group"] for kpi in kpis if "alternative_group" in kpi)
    for kpi in kpis:
        words = tuple(kpi.get(key) for key in ("comparator", "value", "unit", "per", "scope"))
        yield "target", path, _plain(kpi["metric_zh"]), words, groups[kpi.get("alternative_group")]


def _plain(metric):
    """A metric in one writing: brackets as the reader writes them."""
    return metric.replace("（", "(").replace("）", ")")


def _rules(path, rules):
    for rule in rules:
        formal = rule["formal"]
        if formal["type"] in MAIN:
            numbers = tuple((key, formal[key]) for key in MAIN[formal["type"]] if formal.get(key) is not None)
            yield "rule", path, formal["type"], numbers


def _contacts(document, categories):
    people = [
        *document.get("contacts", []),
        *(c for category in categories for c in category.get("contacts", [])),
    ]
    phones = {phone for contact in people for phone in contact.get("phones", [])}
    mails = {
        mail for contact in people for mail in (*contact.get("emails", []), contact.get("email")) if mail
    }
    names = {contact["name"] for contact in people if "name" in contact}
    places = {contact["address"] for contact in people if "address" in contact}
    return [*(("phone", p) for p in phones), *(("mail", m) for m in mails), *(("name", n) for n in names),
            *(("address", a) for a in places)]  # fmt: skip
