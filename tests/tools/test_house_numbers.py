"""Lengths as the house counts them."""

import pytest

from tools.house_numbers import Function, main, measure, over_caps, report


@pytest.fixture
def write(tmp_path):
    def write_file(place, source):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)

    return write_file


def function_of(lines, name="work"):
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


def test_measure_counts_docstring_in_function_but_not_in_body(write, tmp_path):
    write("src/desk/views.py", '@door\ndef today(request):\n    """One sentence."""\n    a = 1\n\n    return a\n')

    [file] = measure(tmp_path, "src")

    assert file.functions == (Function("src/desk/views.py", "today", 5, 3),)


def test_measure_counts_code_without_blank_lines_and_comments(write, tmp_path):
    write("src/a.py", "a = 1\n\n# why\nb = 2\n")

    [file] = measure(tmp_path, "src")

    assert (file.lines, file.code_lines) == (4, 2)


def test_measure_leaves_migrations_out(write, tmp_path):
    write("src/desk/migrations/0001_initial.py", function_of(100))

    assert measure(tmp_path, "src") == []


@pytest.mark.parametrize(
    ("place", "source", "complaints"),
    [
        ("src/desk/services.py", function_of(60), []),
        ("src/desk/services.py", function_of(61), ["src/desk/services.py: work has 61 lines"]),
        ("src/desk/views.py", function_of(16), []),
        ("src/desk/views.py", function_of(17), ["src/desk/views.py: the view work has 16 lines"]),
        ("src/desk/services.py", "a = 1\n" * 500, []),
        ("src/desk/services.py", "a = 1\n" * 501, ["src/desk/services.py has 501 lines"]),
    ],
)
def test_over_caps_names_what_is_too_long(write, tmp_path, place, source, complaints):
    write(place, source)

    assert over_caps(measure(tmp_path, "src")) == complaints


def test_report_gives_figures_beside_aims(write, tmp_path):
    write("src/desk/views.py", function_of(2, "a") + function_of(4, "b") + function_of(10, "c"))
    write("tests/test_desk.py", function_of(8, "test_today"))

    assert report(measure(tmp_path, "src"), measure(tmp_path, "tests")) == [
        "median function         4 lines                 <= 8",
        "nine of ten functions   10 lines                <= 25",
        "longest function        10 lines                <= 60, kept",
        "longest view function   9 lines                 <= 15, kept",
        "longest file            16 lines                <= 500, kept",
        "median test             8 lines                 <= 15",
        "tests to code           8 : 16 = 0.50           >= 1.5",
    ]


@pytest.mark.parametrize(("lines", "status"), [(60, 0), (61, 1)])
def test_main_fails_over_a_cap(write, tmp_path, lines, status):
    write("src/sushui/desk/services.py", function_of(lines))

    assert main(tmp_path) == status
