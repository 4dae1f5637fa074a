"""Why an approval is not asked for or not given. What the life cycle forbids raises ``core.lifecycle.NotAllowed``."""

from uuid import UUID

from keqiao.web.approvals.frozen import Change


class AlreadyProposed(Exception):
    """The same act on the same subject waits for a decision already; ``approval_id`` is the one that waits."""

    def __init__(self, approval_id: UUID) -> None:
        super().__init__(f"approval {approval_id} is open")
        self.approval_id = approval_id


class SubjectChanged(Exception):
    """The subject is no longer what it was when the act was proposed. ``changes`` say in what."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        super().__init__(", ".join(change.name for change in changes))
        self.changes = changes


class NotProposed(Exception):
    """What is stored to be done is not what was proposed: somebody reached the table past the program."""
