"""The stage of stamped pages: units print the signature page of what they filed, seal it and bring a picture.

Only where the call wants a seal, and of as many applications as ``keqiao/data/season/applications.yaml`` says: looking
at a picture takes seconds, and the others show what is owed.
"""

from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications.queries import last_submission, office_applications
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.papers_owed import owed_in
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.filing.queries import stamped
from keqiao.web.filing.stampable import stampable
from keqiao.web.season.seals import sealed
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import World


def play_stamping(world: World, scene: Scene) -> Iterator[bool | str]:
    """Bring the stamped pages of the first applications that are drawn and owe one."""
    if not world.applications:
        return
    drawn = {
        (scene.parties[each.unit].pk, each.title): place for place, each in enumerate(world.applications)
    }
    filed = [row for row in office_applications(scene.officer, scene.at) if _owes(row, scene)]
    filed = [row for row in filed if (row.unit_id, row.title) in drawn]
    filed.sort(key=lambda row: drawn[row.unit_id, row.title])
    for application in filed[: words("applications")["stamped_pages"]]:
        submission: Any = last_submission(application)
        is_new = stamped((APPLICATION, application.pk), submission.digest).state != "fits"
        yield is_new and _brought(application, scene)


def _owes(application: Any, scene: Scene) -> bool:
    if application.association_id != scene.association.pk:
        return False
    is_filed = application.state == ApplicationState.SUBMITTED.value
    return is_filed and owed_in(application.revision_id, application.node).stamped


def _brought(application: Any, scene: Scene) -> str:
    by = {"actor": application.created_by, "at": scene.at}
    about = (APPLICATION, application.pk)
    page = make_page(about, **by)
    known: Any = stampable(APPLICATION)
    printed = page_pdf(page, known.to_sign(application.created_by, application.pk, scene.at))
    picture = sealed(printed, len(page.boxes))
    announced = Announced(STAMPED, f"{application.number}.jpg", len(picture), application.association_id)
    file = store_upload(SimpleUploadedFile(announced.name, picture), announced, **by)
    take_scan(file, **by)
    return "stamped"
