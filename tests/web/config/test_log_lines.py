"""Numbers of people do not get into log lines, whatever calls the logger."""

import json
import logging
import logging.config

import pytest
import structlog
from django.conf import settings

CANARIES = ("11010519491231002X", "4111111111111111", "13812341234", "110105194912310020")


@pytest.fixture
def line(capsys):
    """Gives what the shipped configuration writes for a call of a logger."""

    def written(call):
        logging.config.dictConfig(settings.LOGGING)
        call()
        return json.loads(capsys.readouterr().err.splitlines()[-1])

    yield written
    logging.config.dictConfig(settings.LOGGING)


def test_id_numbers_cards_and_mobile_numbers_are_masked_in_our_own_lines(line):
    said = f"身份证{CANARIES[0]}，卡 {CANARIES[1]}，手机+86{CANARIES[2]}"

    written = line(lambda: structlog.get_logger("keqiao.test").warning(said, who={"phones": [CANARIES[2]]}))

    assert written["event"] == "身份证110105********002X，卡 ************1111，手机138****1234"
    assert written["who"] == {"phones": ["138****1234"]}


def test_lines_of_libraries_are_masked_as_well(line):
    written = line(lambda: logging.getLogger("some.library").warning("sent to %s", CANARIES[2]))

    assert written["event"] == "sent to 138****1234"


def test_messages_of_errors_are_masked(line):
    def failing():
        try:
            raise LookupError(f"no person {CANARIES[0]}")
        except LookupError:
            logging.getLogger("keqiao.test").exception("failed")

    assert line(failing)["exception"]["message"] == "no person 110105********002X"


@pytest.mark.parametrize("number", [CANARIES[3], "20261122131500017", "411202", "1234567890123456789012"])
def test_numbers_that_are_none_of_these_stay_readable(line, number):
    assert (
        line(lambda: structlog.get_logger("keqiao.test").warning(f"record {number}"))["event"]
        == f"record {number}"
    )
