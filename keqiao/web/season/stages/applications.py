"""The stage of applications: drawn units fill forms in, submit them, take them back; an officer returns some.

One application, one transaction. What a call refuses stays a draft, as it would with people, and the unit tries another
category.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.applications import actions, queries
from keqiao.web.applications.queries.applications import titles_before
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.shown_to_partners import shown_to_partners
from keqiao.web.season.stages.correcting import corrected_answers, correction_of, texts_of
from keqiao.web.season.stages.filling import Forms, Wanted, first_answers, with_files
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import ApplicationDrawn, Life, World

APPLICANT = "applicant"
People = Mapping[str, Any]
"""The accounts that act, by the key of their unit."""
TRIES = 3  # categories that a unit tries where its application is refused


def play_applications(world: World, scene: Scene) -> Iterator[bool]:
    """Make the applications that are not there yet. Where no category takes the unit, nothing happens."""
    forms = Forms(world, scene)
    filling_in = [log_in for log_in in world.log_ins if log_in.role == APPLICANT]
    actors = {unit: log_in.mail for log_in in filling_in for unit in log_in.units}
    known = _known(scene)
    for drawn in world.applications:
        unit = scene.parties[drawn.unit].pk
        is_new = drawn.title not in known[unit].values()
        people = {key: user_with_mail(actors[key]) for key in (drawn.unit, drawn.partner) if key}
        yield is_new and _apply(drawn, forms, people, known[unit])


def _known(scene: Scene) -> defaultdict[UUID, dict[str, str]]:
    """The titles of what is there, by unit and category."""
    known: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for unit, category, title in titles_before(scene.association.pk):
        known[unit][category] = title
    return known


@transaction.atomic
def _apply(drawn: ApplicationDrawn, forms: Forms, people: People, known: dict[str, str]) -> bool:
    for tried in range(TRIES):
        wanted = forms.wanted(drawn, known.keys())
        if wanted is None:
            return tried > 0
        known[wanted.category.offer.node] = drawn.title
        if _has_lived(drawn, _begun(drawn, wanted, people, forms.scene)):
            return True
    return True


@dataclass(frozen=True, slots=True)
class _Begun:
    """An application that was begun: by whom, with which complete answers, who acts for the unit that joins,
    what is to go into it."""

    application: Any
    wanted: Wanted
    answers: Mapping[str, Any]
    actor: Any
    scene: Scene
    partner: Any = None
    marks: str = ""

    @property
    def by(self) -> dict[str, Any]:
        """Who acts for the unit, and when."""
        return {"actor": self.actor, "at": self.scene.at}


def _begun(drawn: ApplicationDrawn, wanted: Wanted, people: People, scene: Scene) -> _Begun:
    actor = people[drawn.unit]
    by = {"actor": actor, "at": scene.at}
    unit = scene.parties[drawn.unit].pk
    application = actions.start(wanted.category.offer.pk, unit, answers=first_answers(wanted), **by)
    answers = wanted.answers if drawn.life is Life.BEGUN else with_files(wanted, application, **by)
    return _Begun(application, wanted, answers, actor, scene, people.get(drawn.partner), drawn.marks)


def _has_lived(drawn: ApplicationDrawn, begun: _Begun) -> bool:
    """Whether it stands now where it is to stand. Else it was refused on the way and stays a draft."""
    try:
        for act in LIVES[drawn.life]:
            act(begun)
    except Refused:
        return False
    return True


def _save(begun: _Begun) -> None:
    _saved(begun, begun.answers)


def _save_with_faults(begun: _Begun) -> None:
    """Some of what has to be written is missing."""
    missing = texts_of(begun.wanted.specification, begun.answers)[-words("applications")["faulty"] :]
    _saved(begun, {key: value for key, value in begun.answers.items() if key not in missing})


def _saved(begun: _Begun, answers: Mapping[str, Any]) -> None:
    application = begun.application
    application.refresh_from_db(fields=["version"])
    actions.save(actions.Edit(application.pk, application.version, answers), **begun.by)


def _join(begun: _Begun) -> None:
    """The unit that is named is asked, reads what it is shown, and agrees."""
    if begun.partner is None:
        return
    shown_at = {"actor": begun.partner, "at": begun.scene.at}
    for joining in actions.ask_partners(begun.application.pk, **begun.by):
        shown = shown_to_partners(begun.application)
        actions.accept(joining.pk, shown.digest if shown else "", **shown_at)


def _mark(begun: _Begun) -> None:
    """What the unit wants to go into its pilot is marked."""
    if begun.marks:
        mine = queries.own_applications(begun.actor, begun.scene.at).filter(unit=begun.application.unit_id)
        actions.mark(begun.application.pk, mine.get(node=begun.marks).pk, **begun.by)


def _submit(begun: _Begun) -> None:
    _join(begun)
    _mark(begun)
    at, reason = begun.scene.at, words("applications")["pass_warnings"]
    key = queries.new_key(begun.application)
    actions.submit(begun.application.pk, actions.Sent(key, begun.actor, at, at, reason))


def _return(begun: _Begun) -> None:
    correction = correction_of(begun.wanted.specification, begun.answers, begun.scene)
    scene = begun.scene
    actions.return_for_correction(begun.application.pk, correction, actor=scene.officer, at=scene.at)


def _correct(begun: _Begun) -> None:
    _saved(begun, corrected_answers(begun.wanted.specification, begun.answers))


def _withdraw(begun: _Begun) -> None:
    actions.withdraw(begun.application.pk, reason=words("applications")["withdraw"], **begun.by)


def _take_up_again(begun: _Begun) -> None:
    actions.take_up_again(begun.application.pk, **begun.by)


def _discard(begun: _Begun) -> None:
    actions.discard(begun.application.pk, **begun.by)


LIVES: Mapping[Life, tuple[Callable[[_Begun], None], ...]] = {
    Life.BEGUN: (),
    Life.FAULTY: (_save_with_faults,),
    Life.READY: (_save,),
    Life.DISCARDED: (_save, _discard),
    Life.SUBMITTED: (_save, _submit),
    Life.RETURNED: (_save, _submit, _return),
    Life.CORRECTED: (_save, _submit, _return, _correct, _submit),
    Life.WITHDRAWN: (_save, _submit, _withdraw),
    Life.TAKEN_UP_AGAIN: (_save, _submit, _withdraw, _take_up_again),
}
"""What is done with an application until it stands where it is to stand."""
