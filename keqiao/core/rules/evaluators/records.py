"""Rules that look back: track record, incidents, platform accounts, bans, earlier support."""

from keqiao.core.programme.rules.limits import Continuation, Sanction
from keqiao.core.programme.rules.who import History, Platform
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import (
    APPLICANT,
    LEADERS,
    RECORD,
    Asking,
    At,
    Change,
    Frame,
    Saying,
    called,
    is_named,
    kept_since,
    years_ago,
)
from keqiao.core.rules.engine.tree import (
    HOLDS,
    Among,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    all_of,
    any_of,
    equals,
    kept,
)
from keqiao.core.rules.settled import settled
from keqiao.core.rules.words import Words

ON = Fact(("on",))
PARTNERS = Fact(("partners",))
QUOTES = str.maketrans("", "", '“”"‘’《》 ')


def history(rule: History, frame: Frame) -> Asking:
    """A look back. ``good``: nothing of it went badly; who has done nothing of the kind has nothing to fail in.

    ``none``: nothing of the kind happened in the whole years before the day of asking. Source: the readings of the
    calls ("上一年度没有承担过的，视为符合").
    """
    at = frame.body(rule.subject)
    parts = [_nothing_happened(what, rule, at) for what in rule.what]
    if rule.outcome == "good":
        parts = [_went_well(what, rule, frame, at) for what in rule.what]
    code = "eligibility.history_bad" if rule.outcome == "good" else "eligibility.history_happened"
    return Asking(
        all_of(*parts),
        Saying(code, {"what": rule.what, "period": rule.period or ""}),
        when=frame.when_about(rule.subject, When.BEFORE),
    )


def _nothing_happened(what: str, rule: History, at: At) -> Condition:
    """The last day that counts is the anniversary itself: a period of years ends with it (Civil Code, art. 202)."""
    happened = [
        _is_of(at, "incident"),
        any_of(equals(Fact(("incident", "what")), what), _may_be(rule)),
        Compare(Fact(("incident", "on")), "<=", ON),
    ]
    full = [kept("incidents"), kept(f"incidents:{what}")]
    if rule.years_back is not None:
        happened.append(Compare(Fact(("incident", "on")), ">=", Fact(years_ago(rule.years_back))))
        full.append(kept(kept_since(rule.years_back)))
    return HowMany(
        "incident",
        Fact(("records", "incidents")),
        all_of(*happened),
        most=0,
        complete=all_of(any_of(*full), is_named(at)),
        name="incidents",
    )


def _may_be(rule: History) -> Condition:
    """Something in other words than the rule's: what it was has to be judged."""
    return all_of(Not(Among(Fact(("incident", "what")), rule.what)), Not(settled(rule.id, "incident")))


def _went_well(what: str, rule: History, frame: Frame, at: At) -> Condition:
    same = [_is_of(at, "result"), _is_about(what, frame)]
    years = _years_looked_at(rule, frame)
    if years:
        same.append(Among(Fact(("result", "year")), years))
    if what in frame.words.recurring:
        same.append(Not(_later_result()))
    bad = Among(Fact(("result", "outcome")), ("poor", "unfinished"))
    words = (what,) if what not in frame.words.this_kind else ()
    full = [kept("results"), *(kept(f"results:{word}") for word in words)]
    if years:
        full.append(kept(*(f"results:{year}" for year in years)))
        full += [kept(*(f"results:{word}:{year}" for year in years)) for word in words]
    results = Fact(("records", "results"))
    return HowMany(
        "result",
        results,
        all_of(*same, bad),
        most=0,
        complete=all_of(any_of(*full), is_named(at)),
        name="results",
    )


def _is_of(at: At, item: str) -> Condition:
    holder = Fact((item, "holder"))
    return any_of(*(Compare(holder, "==", Fact((*at, name))) for name in ("id", "name")))


def _is_about(what: str, frame: Frame) -> Condition:
    """The thing itself by name; for 该类项目 anything done in the same category, by its id or its name."""
    if what not in frame.words.this_kind:
        return equals(Fact(("result", "what")), what)
    own = frame.stated_at or frame.path
    ids = own[-1:] if own else (frame.call,)
    name = frame.names[len(own) - 1 : len(own)] if own else ()
    return any_of(Among(Fact(("result", "categories")), ids), Among(Fact(("result", "what")), (*name, what)))


def _years_looked_at(rule: History, frame: Frame) -> tuple[int, ...]:
    """The calendar years before that of the call."""
    if rule.years_back is None or frame.year is None:
        return ()
    return tuple(range(frame.year - rule.years_back, frame.year))


def _later_result() -> Condition:
    same = all_of(
        Compare(Fact(("later", "holder")), "==", Fact(("result", "holder"))),
        Compare(Fact(("later", "what")), "==", Fact(("result", "what"))),
        Compare(Fact(("later", "year")), ">", Fact(("result", "year"))),
    )
    return HowMany("later", Fact(("records", "results")), same, least=1, complete=HOLDS)


def platform(rule: Platform, frame: Frame) -> Asking:
    """An account is there; for feeding it, something has been uploaded. What is still to be uploaded is work to do."""
    names = platform_names(rule.platform, frame.words)
    at = frame.body(rule.subject)
    uploads = rule.action in ("upload", "join_and_upload")
    account = [_is_of(at, "account"), Among(Fact(("account", "platform")), names)]
    if uploads:
        account.append(Compare(Fact(("account", "uploads")), ">", 0))
    full = all_of(any_of(kept("platforms"), *(kept(f"platforms:{name}") for name in names)), is_named(at))
    listed = Fact(("records", "platforms"))
    values = {"platform": rule.platform, "subject": called(rule.subject)}
    return Asking(
        HowMany("account", listed, all_of(*account), least=1, complete=full, name="platforms"),
        Saying("eligibility.platform_missing", values),
        change=Change(f"eligibility.change.platform{'_upload' if uploads else ''}", values),
        when=When.CONDUCT if uploads else When.FORM,
    )


def platform_names(called: str, words: Words) -> tuple[str, ...]:
    """All names of the platform that the call calls so."""
    plain = called.translate(QUOTES)
    for names in words.platforms:
        if any(plain == name.translate(QUOTES) for name in names):
            return names
    return tuple(dict.fromkeys((called, plain)))


def sanction(rule: Sanction, frame: Frame) -> Asking:
    """A ban that the call threatens is looked up in the debarments; any other consequence is for later."""
    if rule.effect != "ban":
        return Asking(when=When.CLOSING, doubt=Saying("eligibility.consequence", {"summary": rule.summary}))
    return not_debarred(frame)


def not_debarred(frame: Frame) -> Asking:
    """Nobody is barred on the day: the unit, the body in whose name it applies, units that join, leaders.

    Who is not named yet bars nothing; who is in no register has no debarment, and that it is in none is told.
    """
    bodies = [APPLICANT, RECORD] if frame.proxies else [APPLICANT]
    barred = Fact(("bar", "subject"))
    units = any_of(*(Compare(barred, "==", Fact((*at, "id"))) for at in bodies))
    leaders = HowMany("leader", Fact(LEADERS), Compare(barred, "==", Fact(("leader", "id"))), least=1)
    partners = HowMany("partner", PARTNERS, Compare(barred, "==", Fact(("partner", "id"))), least=1)
    holds = [
        any_of(units, partners, leaders),
        Compare(Fact(("bar", "since")), "<=", ON),
        any_of(equals(Fact(("bar", "until")), None), Compare(Fact(("bar", "until")), ">=", ON)),
        equals(Fact(("bar", "stayed")), value=False),
        _is_within_scope(frame),
    ]
    debarments = Fact(("records", "debarments"))
    none = HowMany("bar", debarments, all_of(*holds), most=0, complete=kept("debarments"), name="debarments")
    return Asking(
        none,
        Saying("eligibility.debarred"),
        change=Change("eligibility.change.debarred", where=Not(none)),
        when=When.BEFORE,
    )


def _is_within_scope(frame: Frame) -> Condition:
    """Everything, or a name of what this category stands below (新的科普项目: below 科普项目); others ask."""
    scope = Fact(("bar", "scope"))
    mine = ("", *sorted(frame.words.all_scopes | frame.own_scopes))
    others = tuple(sorted(frame.other_scopes - frame.own_scopes))
    unknown = settled("debarment", "scope")
    return any_of(Among(scope, mine), all_of(Not(Among(scope, others)), unknown) if others else unknown)


def continuation(rule: Continuation, frame: Frame) -> Asking:
    """Who was supported before has to have done well; who was not is not concerned."""
    at = frame.body(rule.subject) if rule.subject else _own_body(frame)
    ids = frame.stated_at[-1:] or (frame.call,)
    earlier = all_of(
        _is_of(at, "result"),
        any_of(
            Among(Fact(("result", "categories")), ids),
            Among(Fact(("result", "what")), tuple(word for word in (rule.previous,) if word)),
        ),
        Among(Fact(("result", "outcome")), ("poor", "unfinished")),
    )
    results = Fact(("records", "results"))
    kept_in_full = any_of(kept("results"), *(kept(f"results:{word}") for word in (rule.previous,) if word))
    full = all_of(kept_in_full, is_named(at))
    return Asking(
        HowMany("result", results, earlier, most=0, complete=full, name="results"),
        Saying("eligibility.continuation", {"previous": rule.previous or ""}),
        when=When.BEFORE,
        evidence=rule.requires,
    )


def _own_body(frame: Frame) -> At:
    """The applicant; where the call's beneficiary is the applicant itself, that one (a supervisor may ask for it)."""
    return ("subjects", min(frame.own_subjects)) if frame.own_subjects else APPLICANT
