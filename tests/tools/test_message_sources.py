"""What counts as said, in Python and in templates."""

import pytest

from tools.message_sources import Spoken, spoken_in, spoken_in_python, spoken_in_template

PYTHON = {
    '_("Close")': Spoken("Close"),
    'gettext_lazy("Close")': Spoken("Close"),
    'CLOSED = "closed", msg("Closed")': Spoken("Closed"),
    'ngettext("%(n)s day", "%(n)s days", n)': Spoken(("%(n)s day", "%(n)s days")),
    'pgettext("a task", "Return")': Spoken("Return", "a task"),
    'npgettext("a task", "%s return", "%s returns", n)': Spoken(("%s return", "%s returns"), "a task"),
    '_("Two "\n  "halves")': Spoken("Two halves"),
}
TEMPLATES = {
    '{% translate "Close" %}': Spoken("Close"),
    "{% translate 'Close' as close %}": Spoken("Close"),
    '{% translate "Return" context "a task" %}': Spoken("Return", "a task"),
    '    <p>{% translate "Close" %}</p>\n  </div>': Spoken("Close"),
    "{% blocktranslate with who=name %}By {{ who }}{% endblocktranslate %}": Spoken("By %(who)s"),
    "{% blocktranslate count n=d %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}": Spoken(
        ("%(n)s day", "%(n)s days")
    ),
    "{% blocktranslate trimmed %}\n  Two\n  halves\n{% endblocktranslate %}": Spoken("Two halves"),
    '{{ _("Close") }}': Spoken("Close"),
    '{% figure label=_("Close") %}': Spoken("Close"),
}


@pytest.mark.parametrize(("source", "spoken"), PYTHON.items())
def test_python_says_marked_texts(source, spoken):
    assert [found for _, found in spoken_in_python(source)] == [spoken]


@pytest.mark.parametrize(("source", "spoken"), TEMPLATES.items())
def test_template_says_translated_texts(source, spoken):
    assert [found for _, found in spoken_in_template(source)] == [spoken]


def test_python_does_not_say_variables_and_plain_strings():
    assert list(spoken_in_python('_(name); log("Close")')) == []


def test_spoken_in_gives_place_and_line_in_order(tmp_path):
    room = tmp_path / "desk"
    (room / "templates" / "desk").mkdir(parents=True)
    (room / "templates" / "desk" / "today.html").write_text('\n{% translate "Today" %}')
    (room / "views.py").write_text('_("Close")')

    assert list(spoken_in(room)) == [
        ("desk/templates/desk/today.html", 2, Spoken("Today")),
        ("desk/views.py", 1, Spoken("Close")),
    ]
