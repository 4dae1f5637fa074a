"""Every message is well said in both languages, whatever is put into it, and forges no header."""

import itertools
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.core.mail import BadHeaderError

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications import letters, wecom
from keqiao.web.notifications.letters import Letter, require_sound
from keqiao.web.notifications.mail import mail_from
from keqiao.web.notifications.models import Channel, Message
from keqiao.web.notifications.wecom.splitting import LONGEST_TEXT

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ODD = (
    "",
    "三门峡市",
    "长" * 3000,
    "A very long English title without any break at all " * 40,
    "{title} {0} %s %(n)s $x",
    "<script>alert(1)</script> & \"'",
    "𠮷野家 😀 𝒳 \u202e反",
    "=?utf-8?b?5rWL6K+V?=",
    "a,b;c:d<e@f.g>",
    "…" * 200,
)
HEADERS = {
    *("Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date"),
    *("Message-ID", "Auto-Submitted"),
}


def message(template: str, language: str, **variables: str) -> Message:
    return Message(
        id=uuid4(),
        channel=Channel.MAIL,
        address="reader@example.org",
        template=template,
        language=language,
        variables=variables,
        queued_at=NOON,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("template", sorted(letter_templates()))
def test_every_message_is_a_whole_mail_with_odd_and_long_values(template, language):
    for value in ODD:
        row = message(template, language, **dict.fromkeys(letter_templates()[template].variables, value))
        wording = letter_templates()[template].wording(language).filled(row.variables)
        mail = message_from_bytes(mail_from(row).message().as_bytes(), policy=policy.default)

        assert set(mail.keys()) == HEADERS
        assert [str(each) for each in mail["To"].addresses] == ["reader@example.org"]
        assert mail["Subject"].split() == wording.subject.replace("=?", "= ?").split()
        assert mail.get_content().strip() == wording.text.strip()
        parts = wecom.parts_of(row)
        assert max(len(part.encode()) for part in parts) <= LONGEST_TEXT


BREAKS = ("\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\x1c", "\x00")
CODED = ("%0a", "%0d%0a", "%0D%0A", "&#10;", "\\r\\n", "=0D=0A", "=?utf-8?q?=0aBcc:_b@example.org?=")
FORGED = (
    "Bcc: b@example.org",
    "To: b@example.org",
    "X-Forged: 1",
    "Content-Type: text/html",
    "\tfolded",
    ".",
)
WHERE = (
    "{break}{forged}",
    "word{break}{forged}",
    "word{break}{break}{forged}",
    "{forged}{break}",
    "词{break} {forged}",
)


def values() -> list[str]:
    """A thousand values that would forge a header if they could, the dangerous ones first."""
    made = (
        where.replace("{break}", broken).replace("{forged}", forged)
        for broken, forged, where in itertools.product((*BREAKS, *CODED), FORGED, WHERE)
    )
    more = (f"{line}{number}{line}Bcc: b{number}@example.org" for line in BREAKS for number in range(100))
    return list(itertools.islice(itertools.chain(made, more), 1000))


def test_a_value_with_a_line_break_is_brought_on_one_line_or_refused_in_every_variable_of_every_message():
    broken = [value for value in values() if any(line in value for line in BREAKS)]
    assert len(values()) == 1000
    assert len(broken) == 790
    taken, refused = [], 0
    for template in letter_templates().values():
        usual = dict.fromkeys(template.variables, "x")
        for name in template.variables:
            for value in broken:
                letter = Letter(template.code, address="a@example.org", variables={**usual, name: value})
                try:
                    require_sound(letter)
                except ValueError:
                    assert "\x00" in value
                    refused += 1
                else:
                    taken += (
                        [(template.code, name, value)]
                        if letters.BREAKS.search(letter.variables[name])
                        else []
                    )
    assert taken == []
    assert refused > 0


@pytest.mark.django_db
def test_a_thousand_values_forge_no_header_even_where_they_stand_in_the_row():
    """Past the check of the outbox, as if a row had been written by hand."""
    template = "application.receipt"
    usual = dict.fromkeys(letter_templates()[template].variables, "x")
    forged, refused, sent = [], 0, 0
    for value in values():
        for name in ("title", "number"):
            try:
                raw = mail_from(message(template, "zh-hans", **{**usual, name: value})).message().as_bytes()
            except BadHeaderError:
                refused += 1
                continue
            sent += 1
            mail = message_from_bytes(raw, policy=policy.default)
            if set(mail.keys()) != HEADERS or len(mail.keys()) != len(HEADERS):
                forged.append((name, value, mail.keys()))
    assert forged == []
    assert (sent + refused, refused > 0, sent > 1000) == (2000, True, True)


@pytest.mark.parametrize(
    "forged",
    ["a@b", "<a b@c>", "<a@b>\r\nBcc: x", "<a@b>\n", "<" + "a" * 250 + ">", "<a@b><c@d>", "<词@b>"],
)
def test_what_a_mail_answers_is_a_message_id_and_nothing_else(forged):
    said = {"role": "x", "organisation": "y"}
    require_sound(
        Letter("account.role_granted", address="a@example.org", variables=said, in_reply_to="<a.1@b.org>")
    )
    with pytest.raises(ValueError, match="Message-ID"):
        require_sound(
            Letter("account.role_granted", address="a@example.org", variables=said, in_reply_to=forged)
        )
