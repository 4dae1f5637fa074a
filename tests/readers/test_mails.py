"""Mails as they come from outside: names in all the ways in which they are written, and what is hostile in them."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from keqiao.readers.mail import ParsedMail, read_mail
from keqiao.readers.mail.headers import words
from keqiao.readers.unreadable import Unreadable

NAME = "申报书（盖章）.pdf"
GB = NAME.encode("gb18030")


def mail(*lines: bytes, body: bytes = b"hello\r\n") -> bytes:
    """A mail with these headers."""
    return b"\r\n".join((b"From: =?utf-8?B?5byg5LiJ?= <Unit@Example.org>", *lines, b"", body))


def read(content: bytes, folder: Path) -> ParsedMail:
    """Read a mail; its files lie in ``folder/files``."""
    raw, files = folder / "mail", folder / "files"
    raw.write_bytes(content)
    files.mkdir()
    return read_mail(raw, files)


def attached(
    disposition: bytes, content: bytes = b"%PDF-1.4\n", kind: bytes = b"application/octet-stream"
) -> bytes:
    """A mail with one attachment."""
    parts = (
        b"--b", b"Content-Type: text/plain; charset=gb2312", b"", "您好".encode("gbk"),
        b"--b", b"Content-Type: " + kind, b"Content-Disposition: " + disposition, b"", content,
        b"--b--", b"",
    )  # fmt: skip
    return mail(b'Content-Type: multipart/mixed; boundary="b"', body=b"\r\n".join(parts))


@pytest.mark.parametrize(
    "header",
    [
        "=?UTF-8?B?55Sz5oql5Lmm?=",
        "=?gb2312?B?yeqxqMrp?=",
        "=?GBK?Q?=C9=EA=B1=A8=CA=E9?=",
        "=?x-gbk?B?yeqxqMrp?=",
        "=?gb18030?B?yeqxqA==?= =?gb18030?B?yuk=?=",
        "申报书".encode().decode("ascii", "surrogateescape"),
        "申报书".encode("gb18030").decode("ascii", "surrogateescape"),
    ],
)
def test_a_subject_is_read_however_it_is_encoded(header: str):
    assert words(header) == "申报书"


def test_a_broken_header_is_shown_as_far_as_it_can_be():
    assert words("=?utf-8?B?!!!?= x") == "x"


@pytest.mark.parametrize(
    "disposition",
    [
        b"attachment; filename*=UTF-8''%E7%94%B3%E6%8A%A5%E4%B9%A6%EF%BC%88%E7%9B%96%E7%AB%A0%EF%BC%89.pdf",
        b"attachment; filename*=gb18030''" + b"".join(b"%%%02X" % byte for byte in GB),
        b"attachment; filename*0*=GBK''%C9%EA%B1%A8%CA%E9%A3%A8; filename*1*=%B8%C7%D5%C2%A3%A9.pdf",
        b'attachment; filename="=?gb2312?B?yeqxqMrpo6i4x9XCo6kucGRm?="',
        b'attachment; filename="' + GB + b'"',
        b'attachment; filename="' + NAME.encode() + b'"',
    ],
)
def test_the_name_of_a_file_is_read_however_it_is_encoded(disposition: bytes, tmp_path: Path):
    found = read(attached(disposition), tmp_path)

    assert [(each.name, each.refusal) for each in found.attached] == [(NAME, "")]
    assert (tmp_path / "files" / found.attached[0].file).read_bytes() == b"%PDF-1.4\n"
    assert (found.sender, found.sender_name, found.text) == ("unit@example.org", "张三", "您好")


@pytest.mark.parametrize("name", [b"../../etc/passwd", b"..\\..\\x.pdf", b"a\x00b.pdf", b"/abs.pdf"])
def test_a_name_never_becomes_a_path(name: bytes, tmp_path: Path):
    found = read(attached(b'attachment; filename="' + name + b'"'), tmp_path)

    assert [each.file for each in found.attached] == ["1"]
    assert [path.name for path in (tmp_path / "files").iterdir()] == ["1"]


@pytest.mark.parametrize(
    ("content", "kind", "refusal"),
    [
        (b"PK\x05\x06" + bytes(18), b"application/zip", "mail.archive"),
        (b"Rar!\x1a\x07\x00", b"application/octet-stream", "mail.archive"),
        (b"7z\xbc\xaf\x27\x1c\x00", b"application/octet-stream", "mail.archive"),
        (b"", b"application/pdf", "mail.empty"),
        (b"x", b"application/ms-tnef", "mail.winmail"),
        (b"From: a@b.c\r\n\r\nx", b"message/rfc822", "mail.inner_mail"),
    ],
)
def test_what_is_no_paper_is_refused_by_name(content: bytes, kind: bytes, refusal: str, tmp_path: Path):
    found = read(attached(b'attachment; filename="a.bin"', content, kind), tmp_path)

    assert [each.refusal for each in found.attached] == [refusal]
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.parametrize(
    ("header", "sign"),
    [
        (b"Auto-Submitted: auto-generated", "auto_submitted"),
        (b"Return-Path: <>", "bounce"),
        (b"Precedence: Bulk", "bulk"),
        (b"List-Unsubscribe: <mailto:x@example.org>", "bulk"),
        (b"X-Auto-Response-Suppress: All", "auto_reply"),
        (b"X-Nothing: x", ""),
        (b"Auto-Submitted: no", ""),
    ],
)
def test_a_machine_is_known_by_its_headers(header: bytes, sign: str, tmp_path: Path):
    assert read(mail(header), tmp_path).automatic == sign


def test_a_mail_from_two_people_is_from_nobody(tmp_path: Path):
    assert read(mail(b"From: other@example.org"), tmp_path).sender == ""


def test_a_header_with_a_line_break_in_a_word_stays_one_line(tmp_path: Path):
    found = read(mail(b"Subject: =?utf-8?B?YQ0KQmNjOiB4QGV4YW1wbGUub3Jn?="), tmp_path)

    assert found.subject == "a Bcc: x@example.org"


def test_mails_in_mails_without_end_are_refused(tmp_path: Path):
    inner = EmailMessage()
    inner.set_content("x")
    for _ in range(30):
        outer = EmailMessage()
        outer.make_mixed()
        outer.attach(inner)
        inner = outer
    inner["From"] = "a@example.org"

    with pytest.raises(Unreadable) as refused:
        read(bytes(inner), tmp_path)

    assert refused.value.code == "unreadable.mail_too_nested"


def test_a_mail_of_many_parts_is_refused(tmp_path: Path):
    parts = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 500 + b"--b--\r\n"

    with pytest.raises(Unreadable) as refused:
        read(mail(b'Content-Type: multipart/mixed; boundary="b"', body=parts), tmp_path)

    assert refused.value.code == "unreadable.mail_too_nested"


def test_a_subject_without_any_encoding_is_read_from_the_bytes_that_came(tmp_path: Path):
    assert read(mail(b"Subject: " + "申报书".encode("gb18030")), tmp_path).subject == "申报书"
