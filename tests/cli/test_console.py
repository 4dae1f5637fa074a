"""The console script: exit statuses, one line on standard error, and no Django for reading and checking."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from keqiao.cli import main
from keqiao.writers.definition import to_yaml
from tests.core.programme.sound import sound, with_change

CALL = """江州市2031年度科普项目申报指南

一、科普示范基地
1.申报对象：市级学会、县（市、区）科协。
2.内容与绩效：开展科普活动不少于10场。
3.资金规模：共5个项目，每个项目10万元。
"""


def run_apart(*arguments):
    """Run the console script in its own process."""
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False, timeout=60
    )


@pytest.fixture
def call(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(CALL, encoding="utf-8")
    return path


def test_reading_prints_json_and_nothing_else(call, capsys):
    assert main(["read", str(call)]) == 0

    printed = capsys.readouterr()
    assert printed.err == ""
    assert {"document", "categories"} <= json.loads(printed.out).keys()


def test_the_formats_say_the_same(call, capsys):
    main(["read", str(call)])
    as_json = json.loads(capsys.readouterr().out)
    main(["read", str(call), "--format", "yaml"])
    as_yaml = yaml.safe_load(capsys.readouterr().out)
    main(["read", str(call), "--format", "table"])
    table = capsys.readouterr().out

    assert as_yaml == as_json
    assert [c["path"][-1] for c in as_json["categories"] if c["path"][-1] not in table] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "nowhere.docx"],
        ["read"],
        ["read", "x", "--format", "xml"],
        ["programme", "check"],
        ["programme", "check", "nowhere.yaml"],
    ],
)
def test_what_cannot_be_done_is_2_with_one_line(arguments, capsys):
    assert main(arguments) == 2

    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)


def test_an_unreadable_file_is_2_with_one_line_in_both_languages(tmp_path, capsys):
    path = tmp_path / "empty.docx"
    path.write_bytes(b"")

    assert main(["read", str(path)]) == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert "empty.docx" in printed.split(" / ")[0]
    assert "empty.docx" in printed.split(" / ")[1]


def test_checking_a_sound_definition_is_0(tmp_path, capsys):
    path = tmp_path / "a.yaml"
    path.write_text(to_yaml(sound()), encoding="utf-8")

    assert main(["programme", "check", str(path), "--for-publication"]) == 0
    assert capsys.readouterr().out == ""


def test_checking_names_file_line_and_fault_and_is_1(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("KEQIAO_LANGUAGE", "en")
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(to_yaml(sound()), encoding="utf-8")
    bad.write_text(to_yaml(with_change(("form",), "form-2")), encoding="utf-8")
    line = bad.read_text("utf-8").splitlines().index("form: form-2") + 1

    assert main(["programme", "check", str(good), str(bad)]) == 1
    assert capsys.readouterr().out.startswith(
        f"{bad}:{line}: refuse: 江州市2031年度科普项目申报指南: there is no “form-2”"
    )


def test_a_file_that_is_not_utf8_is_2(tmp_path, capsys):
    path = tmp_path / "gb.yaml"
    path.write_bytes("title: 甲乙".encode("gb18030"))

    assert main(["programme", "check", str(path)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_without_arguments_it_says_how_to_use_it(capsys):
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("keqiao read FILE")
    assert main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("keqiao read FILE")


def test_reading_and_checking_start_without_django():
    done = run_apart("-c", "import sys, keqiao.cli; print('django' in sys.modules)")

    assert done.stdout.strip() == "False"


def test_an_unknown_command_is_2():
    done = run_apart("-m", "keqiao", "frobnicate")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("keqiao: there is no command frobnicate; `keqiao --help` lists them\n")


def test_a_reader_that_has_enough_is_no_fault(call):
    done = subprocess.run(
        f"{sys.executable} -m keqiao read '{call}' --format yaml | true",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


CONSOLE = ("-c", "import sys; from keqiao.cli import main; sys.exit(main())")


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("KEQIAO_PORT", "abc", "KEQIAO_PORT='abc' is not a whole number"),
        ("KEQIAO_PORT", "70000", "KEQIAO_PORT=70000 is no port"),
        ("KEQIAO_DATA", "/dev/null", "KEQIAO_DATA='/dev/null' cannot be used"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL begins with 'mysql'"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none", "the database does not do it"),
    ],
)
def test_a_wrong_surrounding_is_told_on_one_line(tmp_path, monkeypatch, setting, value, said):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "keqiao.web.config.settings")
    monkeypatch.setenv("KEQIAO_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(setting, value)

    stopped = run_apart(*CONSOLE, "verify")

    assert stopped.returncode == 2, stopped.stderr
    assert stopped.stderr.startswith(f"keqiao: {said}")
    assert stopped.stderr.count("\n") == 1
