"""Chinese sentences carry Chinese punctuation; everything that only looks alike is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.punctuation import lines_of, mended


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("\u5df2\u9000\u56de, \u8bf7\u8865\u5145", "\u5df2\u9000\u56de\uff0c\u8bf7\u8865\u5145"),
        ("\u65f6\u9650(\u6682\u5b9a)", "\u65f6\u9650\uff08\u6682\u5b9a\uff09"),
        ("\u539f\u56e0: %(reason)s", "\u539f\u56e0\uff1a%(reason)s"),
        ("\u786e\u8ba4?", "\u786e\u8ba4\uff1f"),
    ],
)
def test_mended_puts_half_width_marks_right(text: str, right: str) -> None:
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "\u7b2c %(number)s \u9879",
        "%(agency)s\uff1a%(title)s",
        "\u89c1`a, b`",
        "[\u672f\u8bed](docs/glossary.md)",
        "1,000 \u4ebf",
        "a sentence, in English",
    ],
)
def test_mended_leaves_alone_what_is_no_chinese_sentence(text: str) -> None:
    assert mended(text) == text


def test_lines_of_a_catalog_looks_at_translations_only(tmp_path: Path) -> None:
    catalog = 'msgid "\u5355\u4f4d, \u5c97\u4f4d"\nmsgstr "\u5355\u4f4d, \u5c97\u4f4d"\n'

    found = list(lines_of(tmp_path / "django.po", catalog))

    assert found == [(2, 'msgstr "\u5355\u4f4d, \u5c97\u4f4d"', 'msgstr "\u5355\u4f4d\uff0c\u5c97\u4f4d"')]


def test_lines_of_a_document_skips_code(tmp_path: Path) -> None:
    document = "```\n\u5355\u4f4d, \u5c97\u4f4d\n```\n"

    found = list(lines_of(tmp_path / "a.md", document))

    assert found == []
