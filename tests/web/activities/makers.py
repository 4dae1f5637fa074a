"""Makers of projects and their records. A kind of project stands in for those of the rooms above."""

import io
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from keqiao.core.programme.targets import Target
from keqiao.core.targets import Term
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.activities import actions, projects
from keqiao.web.activities.actions import Begun, Content
from keqiao.web.activities.models import Activity
from keqiao.web.activities.papers import PURPOSE
from keqiao.web.activities.projects import Access, Project
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.models import StoredFile
from keqiao.web.indicators import projects as asked_projects
from keqiao.web.indicators.projects import Asked, SettingFacts
from keqiao.web.parties.models import Association, Organisation
from tests.web import make

KIND = "standin"
NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
"""Ten in the morning in Shanghai."""
DAY = date(2026, 5, 20)
TERM = Term(date(2026, 1, 1), date(2026, 12, 31))

known: dict[UUID, Project] = {}
asked: dict[UUID, Asked] = {}
shut_out: set[UUID] = set()
"""Accounts of units that may not record, whatever their role."""
numbers = count(1)


def _found(ids: Collection[UUID]) -> Iterable[Project]:
    return [known[pk] for pk in ids if pk in known]


projects.register(KIND, Access("项目", _found, lambda viewer, _project, _at: viewer.pk not in shut_out))
asked_projects.register(KIND, lambda pk, _at: asked.get(pk))


def project(
    association: Association | None = None, owner: Organisation | None = None, **details: Any
) -> Project:
    """A project that takes records."""
    association = association or make.association()
    owner = owner or make.organisation()
    number = next(numbers)
    made = Project(
        KIND,
        uuid4(),
        details.pop("title", f"第{number}个项目"),
        owner.pk,
        owner.name,
        association.pk,
        start=TERM.start,
        end=TERM.end,
        **details,
    )
    known[made.id] = made
    return made


def asks(project: Project, *targets: dict[str, Any], **facts: Any) -> Asked:
    """State what is asked of a project."""
    read = [Target.model_validate(each) for each in targets]
    asked[project.id] = Asked(read, SettingFacts(**{"term": TERM, "year": 2026, **facts}), "d" * 64)
    return asked[project.id]


def recorder(project: Project) -> User:
    """An account of the unit of a project."""
    return make.holder(Role.APPLICANT, Organisation.objects.get(pk=project.owner_id))


def officer(project: Project) -> User:
    """An account of the office that verifies."""
    return make.officer(Association.objects.get(pk=project.association_id))


def picture(colour: str = "red", name: str = "现场.png") -> SimpleUploadedFile:
    """A picture as a telephone sends one; of another colour it is another file."""
    content = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def sent(project: Project, account: User, upload: SimpleUploadedFile | None = None) -> StoredFile:
    """A file that the account has sent."""
    upload = upload or picture()
    wanted = Announced(PURPOSE, upload.name or "", upload.size or 0, project.association_id)
    return store_upload(upload, wanted, actor=account, at=NOW)


def content(**details: Any) -> Content:
    """What a record says: a session with sixty people."""
    values = {"kind": "科普活动", "participants": "60"}
    said = {"kind": "activity", "title": "流动科技馆进乡镇", "start": DAY, "values": values}
    return Content(**{**said, **details})


def recorded(project: Project, account: User | None = None, **details: Any) -> Activity:
    """A record with a link as its evidence, held and not reported."""
    account = account or recorder(project)
    begun = Begun(links=details.pop("links", ["https://example.org/1"]), report=details.pop("report", False))
    return actions.enter(project, content(**details), begun, actor=account, at=NOW)


def reported(project: Project, account: User | None = None, **details: Any) -> Activity:
    """A record that waits to be verified."""
    return recorded(project, account, report=True, **details)


def verified(project: Project, account: User | None = None, **details: Any) -> Activity:
    """A record that counts."""
    row = reported(project, account, **details)
    actions.verify([row.pk], actor=officer(project), at=NOW)
    row.refresh_from_db()
    return row
