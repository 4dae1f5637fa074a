"""Pictures of signature pages as they come from outside: bounded, refused with a reason, never taken for another."""

import io
import zlib

import pytest
from PIL import Image

from keqiao.core.forms.signature_page import CODES, HEIGHT, MOST_BOXES, WIDTH, boxes
from keqiao.readers.stamped import look_at_upload
from keqiao.readers.unreadable import Unreadable


def png_of_nothing(width, height):
    """A PNG that says it is large and holds no dots: what a decoder would have to make room for."""

    def chunk(name, data):
        crc = zlib.crc32(name + data).to_bytes(4)
        return len(data).to_bytes(4) + name + data + crc

    head = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def refusal_of(tmp_path, content, name="page.jpg"):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        look_at_upload(file, name=name)
    return refused.value.code


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(tmp_path):
    assert refusal_of(tmp_path, png_of_nothing(60_000, 60_000)) == "unreadable.picture_too_large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable.no_page_picture"),
        (b"words", "unreadable.no_page_picture"),
        (b"GIF89a" + bytes(100), "unreadable.no_page_picture"),
        (b"\xff\xd8\xff" + bytes(100), "unreadable.no_page_picture"),
    ],
)
def test_what_is_no_picture_of_a_page_is_refused(tmp_path, content, code):
    assert refusal_of(tmp_path, content) == code


def test_a_picture_without_a_code_is_kept_as_one_page_without_a_code(tmp_path):
    written = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(written, "PNG")
    file = tmp_path / "photo.png"
    file.write_bytes(written.getvalue())

    (page,) = look_at_upload(file).pages

    assert (page.sheet, page.code, page.codes, page.seals) == (1, None, 0, {})
    assert page.picture.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("count", range(1, MOST_BOXES + 1))
def test_boxes_stand_on_the_sheet_apart_from_each_other_and_from_the_codes(count):
    places = [*boxes(count), *CODES]

    assert all(0 <= each.x <= each.x + each.width <= WIDTH for each in places)
    assert all(0 <= each.y <= each.y + each.height <= HEIGHT for each in places)
    pairs = [(one, two) for i, one in enumerate(places) for two in places[i + 1 :]]
    assert [pair for pair in pairs if overlap(*pair)] == []


def overlap(one, two):
    across = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
    down = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
    return across > 0 and down > 0


@pytest.mark.parametrize("count", [0, MOST_BOXES + 1])
def test_a_page_has_one_to_six_boxes(count):
    with pytest.raises(ValueError, match="1 to 6"):
        boxes(count)
