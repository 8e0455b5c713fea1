"""Texts that go past the catalogs, as good lines and bad lines."""

import pytest

from tools.literals import Found, bare_words, chinese_literals, literal_problems, unmarked_texts

GOOD_PYTHON = [
    '"""逾期从次日起算。"""',
    "x = 1  # 逾期",
    'state = "overdue"',
    'label = _("Overdue")',
    'Column(label=_("Overdue"))',
    'Column(label="%")',
    'DomainError("stale", _("Somebody else changed it."), _("Load it again."))',
    'messages.success(request, _("Done."))',
    'log.error("no such row in the table")',
    'class TaskState(Word):\n    CLOSED = "closed", msg("Closed")',
    'class Plain:\n    CLOSED = "closed", "Closed"',
]
BAD_CHINESE = {
    'state = "逾期"': "逾期",
    'f"{n} 个工作日"': " 个工作日",
    'WORDS = {"late": ("逾期",)}': "逾期",
    'def late():\n    """Text."""\n    return "逾期"': "逾期",
}
BAD_UNMARKED = {
    'Column(label="Overdue")': "Overdue",
    'DomainError("stale", "Somebody else changed it.")': "Somebody else changed it.",
    'errors.Forbidden("No."); Forbidden("Not yours.")': "Not yours.",
    'messages.success(request, "Done.")': "Done.",
    'class TaskState(Word):\n    CLOSED = "closed", "Closed"': "Closed",
}
GOOD_TEMPLATES = [
    "<p>{{ task.title }}</p>",
    '<p>{% translate "Overdue" %}</p>',
    "<p>{% blocktranslate count n=days %}One day{% plural %}{{ n }} days{% endblocktranslate %}</p>",
    '<p title="{% translate "Overdue" %}">3 · 4</p>',
    "{% comment %}Overdue{% endcomment %}{# Overdue #}<!-- Overdue -->",
    '<input type="text" class="wide" name="deadline">',
    "<kbd>Enter</kbd><script>start()</script>",
    "{% block marks %} data-failed{% endblock %}",
    "<h1>Sushui</h1>&nbsp;&hellip;",
    '{% figure label=name unit="" %}',
]
BAD_TEMPLATES = {
    "<p>Overdue</p>": Found(1, "Overdue"),
    "<p>\n  逾期 {{ n }}</p>": Found(2, "逾期"),
    '<img alt="Overdue">': Found(1, "Overdue"),
    '<input placeholder="A word">': Found(1, "A word"),
    '{% figure label="Overdue" value=3 %}': Found(1, "Overdue"),
    '{% translate "Late" %}\n{% if late %}very late{% endif %}': Found(2, "very late"),
}


@pytest.mark.parametrize("source", GOOD_PYTHON)
def test_python_passes_good_lines(source):
    assert [*chinese_literals(source), *unmarked_texts(source)] == []


@pytest.mark.parametrize(("source", "text"), BAD_CHINESE.items())
def test_chinese_literal_is_found(source, text):
    assert [found.text for found in chinese_literals(source)] == [text]


@pytest.mark.parametrize(("source", "text"), BAD_UNMARKED.items())
def test_unmarked_text_is_found(source, text):
    assert [found.text for found in unmarked_texts(source)] == [text]


@pytest.mark.parametrize("source", GOOD_TEMPLATES)
def test_template_passes_good_lines(source):
    assert list(bare_words(source)) == []


@pytest.mark.parametrize(("source", "found"), BAD_TEMPLATES.items())
def test_bare_word_is_found(source, found):
    assert list(bare_words(source)) == [found]


def test_literal_problems_names_place_line_and_reason(tmp_path):
    page = tmp_path / "desk" / "templates" / "desk" / "today.html"
    page.parent.mkdir(parents=True)
    page.write_text("\n<p>Overdue</p>")
    (tmp_path / "desk" / "views.py").write_text('title = "逾期"')

    assert list(literal_problems(tmp_path)) == [
        "desk/templates/desk/today.html:2: 'Overdue' is bare text in a template",
        "desk/views.py:1: '逾期' is Chinese in code: put it into the catalog",
    ]


@pytest.mark.parametrize(
    "place", ["engines/calendar/phrases.py", "desk/sample/tasks.py", "organizations/data/codes.py"]
)
def test_literal_problems_excuses_chinese_data(tmp_path, place):
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text('WORDS = ("月底前",)')

    assert list(literal_problems(tmp_path)) == []


def test_literal_problems_excuses_names_in_migrations(tmp_path):
    file = tmp_path / "desk" / "migrations" / "0001_initial.py"
    file.parent.mkdir(parents=True)
    file.write_text('AutoField(verbose_name="ID")')

    assert list(literal_problems(tmp_path)) == []
