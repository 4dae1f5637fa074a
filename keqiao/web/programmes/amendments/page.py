"""What the page of a notice shows, put together once."""

from dataclasses import dataclass
from functools import cached_property

from keqiao.core.findings import Finding, Weight
from keqiao.readers.transfer import from_values
from keqiao.web.programmes import queries
from keqiao.web.programmes.amendments.queries import CallOffered, calls_offered
from keqiao.web.programmes.amendments.shown import AmendmentShown, shown, tied_changes
from keqiao.web.programmes.amendments.state import is_in
from keqiao.web.programmes.amendments.values import Settled, StoredChange, about_from
from keqiao.web.programmes.amendments.words import kind_of_notice
from keqiao.web.programmes.changes.lines import Changes
from keqiao.web.programmes.changes.revisions import changes_of_draft
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Amendment, Draft, ReadingState
from keqiao.web.programmes.proofreading.original import Original, original_shown


@dataclass(frozen=True)
class AmendmentPage:
    """A notice on its page: how far it has come, its document, its changes beside the draft of its call."""

    amendment: Amendment
    draft: Draft | None
    changes: AmendmentShown

    @property
    def is_under_way(self) -> bool:
        """Is it still being read?"""
        return self.amendment.state in (ReadingState.QUEUED, ReadingState.READING)

    @property
    def failure(self) -> Finding | None:
        """Why it could not be read."""
        if self.amendment.state != ReadingState.FAILED:
            return None
        return Finding(self.amendment.failure, Weight.REFUSE, self.amendment.failure_values)

    @property
    def kind(self) -> str:
        """What kind of notice it is."""
        return kind_of_notice(self.amendment)

    @cached_property
    def is_merged(self) -> bool:
        """Do the draft, or a published revision, hold what was accepted?"""
        if self.amendment.revision_id is not None:
            return True
        if self.amendment.applied_at is None or self.draft is None:
            return False
        return is_in(self.amendment, programme_of(self.draft.definition))

    @property
    def was_undone(self) -> bool:
        """Was it merged, and then undone in the draft?"""
        return self.amendment.applied_at is not None and not self.is_merged

    @cached_property
    def original(self) -> Original | None:
        """The notice as written, with the words of its changes marked."""
        if self.amendment.document is None:
            return None
        return original_shown(from_values(self.amendment.document), tied_changes(self.changes.changes))

    @cached_property
    def calls(self) -> list[CallOffered]:
        """The calls it may be tied to."""
        return calls_offered(self.amendment)

    @property
    def says(self) -> str:
        """How the notice names its call."""
        if not self.amendment.about:
            return ""
        about = about_from(self.amendment.about)
        named = f"《{about.title}》" if about.title else ""
        return f"{named}（{about.document_number}）" if about.document_number else named

    @property
    def is_another_call(self) -> bool:
        """Does the notice name another call than the one it is tied to, as far as its words tell?"""
        likely = [offered for offered in self.calls if offered.reasons]
        return bool(likely) and self.amendment.call_id not in {offered.call.pk for offered in likely}

    @cached_property
    def others(self) -> Changes:
        """What else the draft changes in the revision in force."""
        return changes_of_draft(self.draft) if self.draft is not None else Changes()

    @property
    def taken_over(self) -> list[tuple[StoredChange, Settled]]:
        """What was said to each change, once the notice is merged."""
        return [(change, said) for change in self.changes.changes for said in change.settled.values()]


def amendment_page(amendment: Amendment) -> AmendmentPage:
    """Return the page of a notice."""
    draft = queries.draft_of(amendment.call) if amendment.call is not None else None
    ready = amendment.state == ReadingState.READ and amendment.revision_id is None
    return AmendmentPage(amendment, draft, shown(amendment, draft if ready else None))
