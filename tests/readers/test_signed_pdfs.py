"""Signed PDFs of several pages: who, intact or altered, of an authority or self-signed; nothing is judged valid."""

from pathlib import Path

import pytest

from keqiao.readers.stamped import look_at_upload
from keqiao.readers.stamped import signatures as reading
from keqiao.readers.stamped.signatures import signatures_in
from tests.readers import signed_pdf_files as make

UNIT, AUTHORITY = "渑池县科学技术协会", "河南省电子认证中心"


def report(folder: Path, content: bytes):
    path = folder / "signed.pdf"
    path.write_bytes(content)
    return [(each.signer, each.intact, each.whole, each.self_issued) for each in signatures_in(path)]


@pytest.fixture(scope="module")
def by_unit():
    return make.signer(UNIT, AUTHORITY)


def test_a_signature_names_its_signer_and_authority_and_is_intact(tmp_path, by_unit):
    path = tmp_path / "signed.pdf"
    path.write_bytes(make.signed(make.pages(), by_unit))

    (seen,) = signatures_in(path)

    assert (seen.signer, seen.issuer, seen.intact, seen.whole) == (UNIT, AUTHORITY, True, True)
    assert (seen.self_issued, seen.at[:2]) == (False, "20")


def test_a_certificate_that_is_its_own_authority_is_said_to_be(tmp_path):
    assert report(tmp_path, make.signed(make.pages(), make.signer(UNIT))) == [(UNIT, True, True, True)]


def test_what_was_altered_after_signing_is_not_intact(tmp_path, by_unit):
    content = make.signed(make.pages(), by_unit)
    assert report(tmp_path, content) == [(UNIT, True, True, False)]

    assert report(tmp_path, make.altered(content)) == [(UNIT, False, True, False)]


def test_what_was_added_after_signing_leaves_the_signed_part_intact_and_is_said(tmp_path, by_unit):
    content = make.added_to(make.signed(make.pages(), by_unit))

    assert report(tmp_path, content) == [(UNIT, True, False, False)]


def test_two_signatures_are_both_reported_and_the_first_does_not_cover_the_second(tmp_path, by_unit):
    content = make.signed(make.signed(make.pages(), by_unit), make.signer("渑池县财政局"), "Signature2")

    assert report(tmp_path, content) == [(UNIT, True, False, False), ("渑池县财政局", True, True, True)]


def test_means_that_nobody_here_knows_are_said_to_be_unknown(tmp_path, by_unit):
    content = make.by_means_unknown(make.signed(make.pages(), by_unit))

    assert [each[:2] for each in report(tmp_path, content)] == [(UNIT, None)]


def test_a_signature_that_cannot_be_read_is_reported_as_such(tmp_path, by_unit):
    content = make.without_certificate(make.signed(make.pages(), by_unit))

    assert report(tmp_path, content) == [("", None, False, False)]


def test_where_no_signature_is_in_its_place_the_pages_are_looked_at_all_the_same(tmp_path, by_unit):
    path = tmp_path / "signed.pdf"
    path.write_bytes(make.damaged(make.signed(make.pages(2), by_unit)))

    seen = look_at_upload(path)

    assert (len(seen.pages), seen.signatures) == (2, ())


@pytest.mark.parametrize("raised", [NotImplementedError, reading.UnsupportedAlgorithm])
def test_what_the_library_says_it_does_not_know_is_not_known_here(tmp_path, by_unit, monkeypatch, raised):
    def unknown(*_given, **_named):
        raise raised

    monkeypatch.setattr(reading, "validate_pdf_signature", unknown)

    assert [each[:2] for each in report(tmp_path, make.signed(make.pages(), by_unit))] == [(UNIT, None)]


@pytest.mark.parametrize("raised", [KeyError, AttributeError, RuntimeError, OSError])
def test_an_error_that_tells_nothing_of_the_signature_is_not_taken_for_one(
    tmp_path, by_unit, monkeypatch, raised
):
    def broken(*_given, **_named):
        raise raised

    monkeypatch.setattr(reading, "validate_pdf_signature", broken)

    with pytest.raises(raised):
        report(tmp_path, make.signed(make.pages(), by_unit))


def test_a_fault_of_the_program_surfaces(tmp_path, by_unit, monkeypatch):
    def broken(*_given, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "validate_pdf_signature", broken)

    with pytest.raises(ZeroDivisionError):
        report(tmp_path, make.signed(make.pages(), by_unit))


def test_each_page_of_a_signed_pdf_is_looked_at(tmp_path, by_unit):
    path = tmp_path / "signed.pdf"
    path.write_bytes(make.signed(make.pages(4), by_unit))

    seen = look_at_upload(path)

    assert ([page.code for page in seen.pages], len(seen.signatures)) == ([None] * 4, 1)


def test_a_pdf_without_signatures_reports_none(tmp_path):
    assert report(tmp_path, make.pages()) == []
