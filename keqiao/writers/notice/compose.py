"""A definition as the blocks of a notice: head, general part, attachments with the guide."""

import re
from collections.abc import Iterator, Sequence

from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category, Programme, Track
from keqiao.writers.notice.blocks import Line, NoticeBlock, Pointer, Role, Sentence, joined, say
from keqiao.writers.notice.composer import Composer
from keqiao.writers.notice.figures import day, due
from keqiao.writers.notice.filing import filing_words, office_lines
from keqiao.writers.notice.guide import Guide, Numbered, heading_words, numbered
from keqiao.writers.notice.plan import Plan
from keqiao.writers.notice.signature import signed
from keqiao.writers.notice.slots import (
    SlotWords,
    applicant_sentences,
    chain_sentences,
    condition_sentences,
    limit_sentences,
    money_sentences,
    place_sentences,
    time_slots,
)
from keqiao.writers.notice.tables import form_table

_GUIDE = re.compile(r"(?:指南|清单|目录|一览表|项目表)$")
_SECTION = 1


def compose(programme: Programme, plan: Plan) -> tuple[NoticeBlock, ...]:
    """The notice of ``programme`` in the way of ``plan``; the same arguments always give the same blocks."""
    notice = _Notice(programme, plan)
    notice.write()
    return tuple(notice.composer.blocks)


class _Notice:
    """One notice while it is written."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme = programme
        self.plan = plan
        self.composer = Composer(plan)
        self.guide = Guide(self.composer, programme)
        self.tracks = {track.id: (n, track) for n, track in enumerate(programme.tracks)}
        self.titles = [attachment.title for attachment in programme.attachments]

    def write(self) -> None:
        """Write all parts in order."""
        self._head()
        self._general()
        tracked = [entry for entry in numbered(self.programme, ()) if entry[1].track in self.tracks]
        for at, category in tracked:
            self._track_section(at, category)
        whole = [entry for entry in numbered(self.programme, ()) if entry not in tracked]
        if whole and self._guide_title() is None:
            self.composer.heading(_SECTION, say("支持项目及要求"))
            self.guide.write(whole, _SECTION + 1)
        self._procedure()
        self._foot()
        self._attachments(whole, tracked)

    def _head(self) -> None:
        programme, line = self.programme, self.composer.line
        for issuer in programme.issuers:
            line(Role.ISSUER, issuer, ("issuers",))
        if programme.document_number:
            line(Role.NUMBER, programme.document_number, ("document_number",))
        line(Role.TITLE, programme.title, ("title",))
        if programme.addressees:
            line(Role.ADDRESSEES, f"{'，'.join(programme.addressees)}：", ("addressees",))
        self.composer.blocks.append(Line(Role.BODY, self._opening()))

    def _opening(self) -> Sentence:
        """The first sentence names the regulations that the call rests on; its own attachments are none."""
        own = {attachment.title for attachment in self.programme.attachments}
        names = [
            say(f"《{regulation.title.strip('《》')}》", ("regulations", n))
            for n, regulation in enumerate(self.programme.regulations)
            if regulation.title not in own
        ]
        rest = say("按照年度工作安排，现将有关事项通知如下。")
        return (*say("根据"), *joined(names, "、"), *say("，"), *rest) if names else rest

    def _general(self) -> None:
        """What the programme itself states of applicants, conditions, money and time."""
        for slot, sentences in self._general_slots():
            if sentences:
                self.composer.labelled(SlotWords(slot, sentences), _SECTION, marked=True)

    def _general_slots(self) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
        terms, wording = self.programme, self.plan.wording
        yield "applicants", applicant_sentences(terms, ())
        yield "conditions", condition_sentences(terms, (), wording)
        yield "money", money_sentences(terms, (), wording)
        yield "places", place_sentences(terms, (), wording)
        yield from time_slots(terms, ())
        yield "limit", limit_sentences(terms, (), wording)

    def _guide_title(self) -> int | None:
        """The attachment that holds the whole guide, where one is a guide and belongs to no track."""
        taken = {track.guide for track in self.programme.tracks}
        found = (n for n, title in enumerate(self.titles) if _GUIDE.search(title) and title not in taken)
        return next(found, None)

    def _track_section(self, at: Pointer, category: Category) -> None:
        """A track: what it states, its deadline, filing and offices; its guide stands below or is attached."""
        n, track = self.tracks[category.track or ""]
        self.composer.heading(_SECTION, heading_words(category, at))
        for slot in self.guide.own_slots(category, at):
            self.composer.labelled(slot, _SECTION + 1, marked=True)
        attached = self._guide_number(track)
        if attached is None:
            if category.categories:
                self.composer.heading(_SECTION + 1, say("支持项目及要求"))
            self.guide.write(numbered(category, at), _SECTION + 2)
        else:
            self.composer.heading(_SECTION + 1, say("项目内容："), say(f"详见附件{attached}。"))
        self._handing_in(track, ("tracks", n), _SECTION + 1)
        self._offices(track.offices or category.offices, _SECTION + 1)

    def _guide_number(self, track: Track) -> int | None:
        return self.titles.index(track.guide) + 1 if track.guide in self.titles else None

    def _handing_in(self, terms: Terms, at: Pointer, level: int) -> None:
        for slot, sentences in self._handing_in_slots(terms, at):
            if sentences:
                self.composer.labelled(SlotWords(slot, sentences), level, marked=True)

    def _handing_in_slots(self, terms: Terms, at: Pointer) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
        if terms.deadline:
            opens = f"{day(terms.opens.on)}至" if terms.opens else ""
            yield "deadline", (say(f"{opens}{due(terms.deadline)}", (*at, "deadline")),)
        if terms.filing:
            words = filing_words(terms.filing, self._form_title(terms), self.plan.wording)
            notes = (say(terms.filing.notes, (*at, "filing")),) if terms.filing.notes else ()
            yield "filing", (say(words, (*at, "filing")), *notes)
        yield "endorsement", chain_sentences(terms, at)

    def _form_title(self, terms: Terms) -> str:
        titles = {form.id: form.title for form in self.programme.forms}
        return f"《{titles[terms.form]}》" if terms.form in titles else "申报材料"

    def _procedure(self) -> None:
        """The handing-in that holds for the whole call, the tracks that are no category, and the offices."""
        used = {category.track for category in self.programme.categories}
        loose = [(n, track) for n, track in enumerate(self.programme.tracks) if track.id not in used]
        slots = list(self._handing_in_slots(self.programme, ()))
        if any(sentences for _, sentences in slots) or loose:
            self.composer.heading(_SECTION, say("申报程序"))
            self._handing_in(self.programme, (), _SECTION + 1)
        for n, track in loose:
            self.composer.heading(_SECTION + 1, say(track.name, ("tracks", n)))
            self._handing_in(track, ("tracks", n), _SECTION + 2)
        placed = {office for category in _all(self.programme.categories) for office in category.offices}
        placed |= {office for track in self.programme.tracks for office in track.offices}
        self._offices(
            tuple(office.id for office in self.programme.office_list if office.id not in placed), _SECTION
        )

    def _offices(self, wanted: Sequence[str], level: int) -> None:
        if not wanted:
            return
        self.composer.heading(level, say("联系方式"))
        for n, office in enumerate(self.programme.office_list):
            if office.id in wanted:
                for words in office_lines(office, scope=True):
                    self.composer.line(Role.BODY, words, ("office_list", n))

    def _foot(self) -> None:
        for n, title in enumerate(self.titles):
            lead = "附件：" if n == 0 else ""
            number = f"{n + 1}." if len(self.titles) > 1 else ""
            self.composer.line(Role.ATTACHMENT_LIST, f"{lead}{number}{title}", self._attached(n))
        issued = self.programme.issue_date
        self.composer.blocks += signed(self.programme.issuers, day(issued) if issued else "")

    def _attached(self, n: int) -> Pointer:
        """The fact that a title in the list of attachments says: the form that it is, or the attachment."""
        known = {form.id: index for index, form in enumerate(self.programme.forms)}
        form = self.programme.attachments[n].form
        return ("forms", known[form]) if form in known else ("attachments", n)

    def _attachments(self, whole: Sequence[Numbered], tracked: Sequence[Numbered]) -> None:
        """Each attachment that has something to show: a guide with its categories, a form with its fields."""
        guides = {track.guide: entry for entry in tracked for track in self.programme.tracks
                  if track.id == entry[1].track and track.guide}  # fmt: skip
        forms = {form.id: (n, form) for n, form in enumerate(self.programme.forms)}
        for n, attachment in enumerate(self.programme.attachments):
            if n == self._guide_title():
                self._attachment(n)
                self.guide.write(whole, _SECTION)
            elif attachment.title in guides:
                self._attachment(n)
                at, category = guides[attachment.title]
                self.guide.write(numbered(category, at), _SECTION)
            elif attachment.form in forms:
                index, form = forms[attachment.form]
                if (grid := form_table(form, ("forms", index))) is not None:
                    self._attachment(n)
                    self.composer.grid(grid)

    def _attachment(self, n: int) -> None:
        self.composer.new_part()
        number = n + 1 if len(self.titles) > 1 else ""
        self.composer.line(Role.ATTACHMENT_MARK, f"附件{number}")
        self.composer.blocks.append(Line(Role.TITLE, say(self.titles[n], ("attachments", n))))


def _all(categories: Sequence[Category]) -> Iterator[Category]:
    for category in categories:
        yield category
        yield from _all(category.categories)
