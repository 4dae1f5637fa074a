"""What a cell says, and what it no longer says because a table program spoilt it."""

from datetime import date

import pytest

from keqiao.readers.tables.cells import Cell, CellKind, clean, number_cell, text_cell
from keqiao.readers.tables.values import BadCell, code_of, day_of, fen_of, text_of, whole_of


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  河南省力学学会 \t", "河南省力学学会"),
        ("\ufeff河南\u200b省", "河南省"),
        ("一行\r\n二行", "一行\n二行"),
        ("A\u00a0B", "A B"),
        ("\u3000\u3000学会\u3000", "学会"),
        ("e\u0301", "é"),
        ("\x07", ""),
    ],
)
def test_what_nobody_sees_is_taken_out_of_a_text(typed, seen):
    assert clean(typed) == seen


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023-05-01", date(2023, 5, 1)),
        ("2023.5.1", date(2023, 5, 1)),
        ("2023年5月1日", date(2023, 5, 1)),
        ("20230501", date(2023, 5, 1)),
        ("２０２３／５／１", date(2023, 5, 1)),
        ("2023/5/1 0:00", date(2023, 5, 1)),
        ("2023-05-01 00:00:00", date(2023, 5, 1)),
    ],
)
def test_days_are_read_in_their_spellings(typed, day):
    assert day_of(text_cell(typed)) == day


def test_a_day_that_lost_its_format_is_read_by_its_serial_number():
    assert day_of(number_cell(45047.0)) == date(2023, 5, 1)
    assert day_of(number_cell(20230501.0)) == date(2023, 5, 1)


@pytest.mark.parametrize("typed", ["2023-02-30", "2023年5月", "2023", "五月", "45047", "2023/5/1 10:00"])
def test_what_is_no_day_is_a_fault(typed):
    with pytest.raises(BadCell) as bad:
        day_of(text_cell(typed))

    assert (bad.value.code, bad.value.values) == ("table.not_a_day", {"value": typed})


def test_a_code_that_became_a_number_with_too_many_digits_is_never_guessed():
    with pytest.raises(BadCell) as bad:
        code_of(number_cell(514100000012345678.0))

    assert bad.value.code == "table.digits_lost"


def test_a_code_in_scientific_notation_is_never_guessed():
    with pytest.raises(BadCell) as bad:
        code_of(text_cell("5.141E+17"))

    assert bad.value.code == "table.scientific"


def test_a_code_with_an_e_in_it_is_no_number():
    assert code_of(text_cell("91410100MA1E7")) == "91410100MA1E7"


def test_leading_zeros_that_a_number_lost_are_missed():
    with pytest.raises(BadCell) as bad:
        code_of(number_cell(1234.0), 6)

    assert (bad.value.code, bad.value.values) == ("table.zeros_lost", {"value": "1234", "digits": 6})
    assert code_of(text_cell("001234"), 6) == "001234"
    assert code_of(number_cell(410000.0), 6) == "410000"


def test_codes_are_read_half_width_and_without_spaces():
    assert code_of(text_cell("５１４１ 0000 MJ01")) == "51410000MJ01"


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        (number_cell(0.1 + 0.2), "元", 30),
        (text_cell("1,234.5"), "元", 123450),
        (number_cell(3.5), "万元", 3_500_000),
        (text_cell("５万元"), "元", 5_000_000),
    ],
)
def test_amounts_are_read_exactly_to_the_fen(cell, unit, fen):
    assert fen_of(cell, unit) == fen


@pytest.mark.parametrize("cell", [number_cell(0.001), text_cell("约五万"), number_cell(-3.0)])
def test_what_is_no_amount_is_a_fault(cell):
    with pytest.raises(BadCell) as bad:
        fen_of(cell, "元")

    assert bad.value.code == "table.not_an_amount"


def test_whole_numbers_take_commas_in_their_places_only():
    assert whole_of(text_cell("1,280")) == 1280
    assert whole_of(number_cell(1280.0)) == 1280
    for typed in ("1,28", "12.5", "十二"):
        with pytest.raises(BadCell):
            whole_of(text_cell(typed))


def test_an_error_that_came_as_text_is_an_error():
    assert text_cell("#N/A").kind is CellKind.ERROR
    assert text_cell("#N/A 学会").kind is CellKind.TEXT


def test_an_error_of_a_formula_says_nothing():
    with pytest.raises(BadCell) as bad:
        text_of(Cell("#N/A", CellKind.ERROR), 200)

    assert (bad.value.code, bad.value.values) == ("table.error_cell", {"value": "#N/A"})


def test_a_text_that_is_too_long_says_by_how_much():
    with pytest.raises(BadCell) as bad:
        text_of(text_cell("学" * 121), 120)

    assert bad.value.values == {"longest": 120, "length": 121}
