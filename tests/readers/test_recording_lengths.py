"""How long a recording is, and which way its picture lies, as its container says; nonsense is not believed."""

from fractions import Fraction
from pathlib import Path
from struct import pack

import pytest

from keqiao.readers.recordings import Length, recording_length
from tests.readers.recordings_made import aac, box, element, film, mp3, wav


def read(tmp_path: Path, content: bytes) -> Length | None:
    path = tmp_path / "work"
    path.write_bytes(content)
    return recording_length(path)


def movie(scale: int, duration: int, *tracks: bytes, version: int = 0) -> bytes:
    times = pack(">8xIQ", scale, duration) if version else pack(">4xII", scale, duration)
    header = bytes([version, 0, 0, 0]) + (bytes(8) if version else bytes(4)) + times
    return box(b"ftyp", b"isom", bytes(8)) + box(b"moov", box(b"mvhd", header + bytes(80)), *tracks)


def picture(width: int, height: int, *, turned: bool = False) -> bytes:
    matrix = pack(">9i", *((0, 1 << 16, 0, -1 << 16) if turned else (1 << 16, 0, 0, 0)), *([0] * 5))
    header = bytes(40) + matrix + pack(">II", width << 16, height << 16)
    return box(b"trak", box(b"tkhd", header))


def webm(ticks: float, *, scale: int = 1_000_000, width: int = 0, height: int = 0) -> bytes:
    info = element(0x1549A966, element(0x2AD7B1, scale.to_bytes(4)) + element(0x4489, pack(">d", ticks)))
    sides = element(0xB0, width.to_bytes(2)) + element(0xBA, height.to_bytes(2))
    tracks = element(0x1654AE6B, element(0xAE, element(0x83, b"\x01") + element(0xE0, sides)))
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, info + tracks)


@pytest.mark.parametrize("version", [0, 1])
def test_a_film_says_its_length_and_its_sides(tmp_path, version):
    content = movie(600, 90_300, picture(1920, 1080), version=version)

    assert read(tmp_path, content) == Length(Fraction(301, 2), 1920, 1080)


def test_a_film_taken_upright_is_upright(tmp_path):
    assert read(tmp_path, movie(1, 9, picture(1920, 1080, turned=True))) == Length(Fraction(9), 1080, 1920)


def test_a_web_film_says_its_length_and_its_sides(tmp_path):
    assert read(tmp_path, webm(62_500.0, width=720, height=1280)) == Length(Fraction(125, 2), 720, 1280)


def test_sound_says_its_length(tmp_path):
    assert read(tmp_path, wav()) == Length(Fraction(1, 10))
    assert read(tmp_path, mp3()) == Length(Fraction(3 * 1152, 44_100))
    assert read(tmp_path, mp3(tag=b"title")) == Length(Fraction(3 * 1152, 44_100))
    flac = (44_100 << 44 | 441_000).to_bytes(8)
    assert read(tmp_path, b"fLaC\x00\x00\x00\x22" + bytes(10) + flac + bytes(20)) == Length(Fraction(10))
    assert (read(tmp_path, aac()) or Length(Fraction(0))).seconds > 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a recording at all",
        film(b"vide"),
        movie(0, 100),
        movie(600, 0),
        movie(600, 90)[:30],
        wav()[:20],
        b"RIFF\x00\x00\x00\x00WAVE",
        webm(float("nan")),
        webm(float("inf")),
        webm(-5.0),
        b"\xff\xfb",
        b"ID3" + bytes(50),
        b"fLaC\x00\x00\x00\x22" + bytes(40),
    ],
)
def test_what_says_no_length_or_nonsense_has_none(tmp_path, content):
    assert read(tmp_path, content) is None


def test_every_beginning_of_a_file_that_breaks_off_is_read_without_an_accident(tmp_path):
    for whole in (movie(600, 900, picture(16, 9)), webm(5.0, width=16, height=9), wav(), mp3(), aac()):
        for length in range(min(len(whole), 200)):
            read(tmp_path, whole[:length])
