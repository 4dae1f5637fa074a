"""What somebody returns of an application, and how its unit corrects it: the same for offices and endorsers."""

from collections.abc import Mapping
from typing import Any

from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms.fields import TextField
from keqiao.web.applications import actions, queries
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words

FIELDS_RETURNED = 2


def texts_of(specification: Specification, answers: Mapping[str, Any]) -> list[str]:
    """Return the ids of the required texts of several lines that are said; of all texts where there are too few."""
    fields = [each for each in specification.fields if isinstance(each, TextField) and each.required]
    said = [each for each in fields if each.id in answers]
    long = [each for each in said if each.kind == "long_text"]
    return [each.id for each in (long if len(long) >= FIELDS_RETURNED else said)]


def corrected_answers(specification: Specification, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with more said in the fields that were returned."""
    more = words("applications")["corrected"]
    changed = {key: f"{answers[key]}{more}" for key in texts_of(specification, answers)[:FIELDS_RETURNED]}
    return {**answers, **changed}


def correction_of(
    specification: Specification, answers: Mapping[str, Any], scene: Scene
) -> actions.Correction:
    """Return what somebody wants to have corrected: the first texts, each with a reason."""
    said = words("applications")
    reasons = dict.fromkeys(texts_of(specification, answers)[:FIELDS_RETURNED], said["return"]["reason"])
    return actions.Correction(reasons, scene.days_on(said["days_for_correction"]), said["return"]["note"])


def correct(application: Any, scene: Scene) -> None:
    """Have the unit of a returned application correct it and submit it again."""
    application.refresh_from_db()
    answers = queries.answers_of(application)
    specification = queries.specification_of(application)
    if specification is None:
        raise LookupError(application.pk)
    by = {"actor": application.created_by, "at": scene.at}
    edit = actions.Edit(application.pk, application.version, corrected_answers(specification, answers))
    actions.save(edit, **by)
    key, reason = queries.new_key(application), words("applications")["pass_warnings"]
    actions.submit(application.pk, actions.Sent(key, application.created_by, scene.at, scene.at, reason))
