"""Sound and films are told by what they hold; a false beginning makes no recording of anything."""

import time

import pytest

from keqiao.readers.kind import kind_of
from tests.readers import recordings_made as made

PAGE = b"<html><body><script>alert(1)</script></body></html>"


def kind(tmp_path, data: bytes) -> str:
    path = tmp_path / "无后缀"
    path.write_bytes(data)
    return kind_of(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (made.film(b"vide", b"soun"), "mp4"),
        (made.film(b"vide", last=True), "mp4"),
        (made.film(b"soun", b"vide", brand=b"qt  "), "mov"),
        (made.film(b"vide", brand=b"3gp5"), "3gp"),
        (made.film(b"vide")[24:], "mov"),  # QuickTime of old begins without ftyp
        (made.film(b"soun", brand=b"M4A "), "m4a"),
        (made.film(b"soun"), "m4a"),  # called a film, and sound alone
        (made.matroska(1, 2), "webm"),
        (made.matroska(1, is_open=True), "webm"),
        (made.matroska(2), "weba"),
        (made.matroska(2, 1, document=b"matroska"), "mkv"),
        (made.matroska(2, document=b"matroska"), "mka"),
        (made.mp3(), "mp3"),
        (made.mp3(tag=b"TIT2" + "科普".encode()), "mp3"),
        (made.mp3(tag=bytes(100_000)), "mp3"),  # a cover stands in the tag
        (made.aac(), "aac"),
        (made.wav(), "wav"),
        (made.FLAC, "flac"),
        (made.AVI, "avi"),
        (made.asf("audio", "video"), "wmv"),
        (made.asf("audio"), "wma"),
        (made.ogg(b"\x80theora", b"\x01vorbis"), "ogv"),
        (made.ogg(b"OpusHead"), "oga"),
        (made.AMR, "amr"),
        (made.FLV, "flv"),
        (made.PROGRAM_STREAM, "mpg"),
        (made.TRANSPORT_STREAM, "mpg"),
    ],
)
def test_a_recording_is_told_by_its_tracks(tmp_path, data, expected):
    assert kind(tmp_path, data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (made.box(b"ftyp", b"isom") + PAGE, "txt"),  # a signature and nothing behind it
        (made.film(), "txt"),  # no track
        (made.film(b"text"), "txt"),  # a track of subtitles only
        (b"ID3\x04\x00\x00\x00\x00\x00\x05" + PAGE, "txt"),
        (b"\xff\xfb\x90\x00" + PAGE, "txt"),  # one frame that has no successor
        (b"\x1a\x45\xdf\xa3" + PAGE, "txt"),
        (b"RIFF\x00\x00\x00\x00WAVE" + PAGE, "txt"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture"),
        (b"OggS\x00" + PAGE, "txt"),
        (made.asf(), "txt"),
        (PAGE, "html"),
        ("通知".encode("utf-16"), "txt"),  # its byte order mark looks like the beginning of a frame
    ],
)
def test_a_false_beginning_makes_no_recording(tmp_path, data, expected):
    assert kind(tmp_path, data) == expected


@pytest.mark.parametrize(
    "data", [made.film(b"vide", b"soun", last=True), made.matroska(1, 2), made.mp3(tag=b"T" * 50)]
)
def test_what_is_cut_off_anywhere_is_read_without_an_error(tmp_path, data):
    kinds = {kind(tmp_path, data[:end]) for end in range(1, len(data), 7)}

    assert kinds <= {"txt", kind(tmp_path, data)}


@pytest.mark.parametrize(
    "data",
    [
        made.box(b"free") * 400_000,
        made.box(b"ftyp", b"isom") + made.box(b"moov", *[made.box(b"trak", made.box(b"mdia") * 50)] * 5000),
        made.matroska(*[17] * 100_000),
        b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff" * 300_000,
        b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 75_000,
    ],
)
def test_no_file_keeps_the_reader_busy(tmp_path, data):
    began = time.process_time()

    assert kind(tmp_path, data) == "txt"
    assert time.process_time() - began < 1
