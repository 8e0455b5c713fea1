"""What each component of the page says, with script and style left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import strip_tags

from sushui.kernel.components import (
    Change,
    Column,
    Columns,
    Kind,
    Pager,
    Step,
    StepState,
    StoryEntry,
    Tab,
    ViewLink,
)
from sushui.kernel.errors import StaleRecord
from sushui.kernel.templatetags.look import changed_query

MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 09:05 in the county
COLUMNS = Columns(
    Column("title", "Task", Kind.TITLE),
    Column("due_on", "Deadline", Kind.DATE, sortable=True),
    Column("sum", "Sum", Kind.NUMBER, unit="10k yuan", folds=True),
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def shown(source: str, path: str = "/", **values: object) -> str:
    """The page that ``source`` makes, asked for at ``path``."""
    request = RequestFactory().get(path)
    return Template("{% load look values %}" + source).render(Context({"request": request, **values}))


def said(html: str) -> str:
    """What a person reads in ``html``, blanks made even."""
    return " ".join(strip_tags(html).split())


def links(html: str) -> list[str]:
    return [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]*)"', html)]


# --- lights and figures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("green", "● Green"),
        ("yellow", "▲ Yellow"),
        ("red", "■ Red"),
        ("none", "○ No light"),
        ("purple", "○ No light"),
        ("", "○ No light"),
    ],
)
def test_light_has_a_shape_and_a_word(status: str, words: str):
    assert said(shown("{% light status %}", status=status)) == words


def test_light_says_its_reason():
    assert said(shown("{% light 'red' 'overdue 3 working days' %}")) == "■ Red overdue 3 working days"


def test_light_speaks_chinese():
    with translation.override("zh-hans"):
        assert said(shown("{% light 'red' %}")) == "■ 红"


def test_light_escapes_its_reason():
    assert shown("{% light 'red' reason %}", reason="<b>").count("&lt;b&gt;") == 1


def test_figure_with_an_address_opens_its_rows():
    html = shown("{% figure 'in hand' 412 unit='tasks' change='3 more' url='/tasks/' note='today' %}")

    assert (said(html), links(html)) == ("in hand 412 tasks 3 more today", ["/tasks/"])


def test_figure_without_an_address_is_no_link():
    assert links(shown("{% figure 'in hand' 0 %}")) == []


# --- lists -----------------------------------------------------------------------------------------------------------


def test_cell_carries_the_label_of_its_column():
    assert COLUMNS["due_on"].cell == 'class="is-date" data-label="Deadline"'


def test_cell_says_its_unit_and_whether_its_column_folds():
    assert COLUMNS["sum"].cell == 'class="is-number folds" data-label="Sum 10k yuan"'


def test_template_reaches_a_column_by_its_key():
    assert shown("<td {{ columns.title.cell }}>", columns=COLUMNS) == '<td class="is-title" data-label="Task">'


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        ("due_on", "due_on"),
        ("-due_on", "-due_on"),
        ("title", "-due_on"),
        ("nothing", "-due_on"),
        ("", "-due_on"),
        ("--due_on", "-due_on"),
    ],
)
def test_sort_is_taken_only_for_sortable_columns(asked: str, used: str):
    assert COLUMNS.sort_from(asked, "-due_on") == used


@pytest.mark.parametrize(
    ("sort", "link"), [("", "?sort=due_on"), ("due_on", "?sort=-due_on"), ("-due_on", "?sort=due_on")]
)
def test_head_turns_the_order_around(sort: str, link: str):
    html = shown("{% table_head columns sort=sort %}", columns=COLUMNS, sort=sort)

    assert links(html) == [link]


@pytest.mark.parametrize(
    ("sort", "order"), [("", []), ("due_on", ["ascending"]), ("-due_on", ["descending"]), ("title", [])]
)
def test_head_says_the_order_in_use(sort: str, order: list[str]):
    html = shown("{% table_head columns sort=sort %}", columns=COLUMNS, sort=sort)

    assert re.findall('aria-sort="([a-z]+)"', html) == order


def test_head_keeps_filters_and_drops_the_cursor():
    html = shown("{% table_head columns %}", path="/?light=red&after=99", columns=COLUMNS)

    assert links(html) == ["?light=red&sort=due_on"]


def test_head_shows_the_unit():
    assert said(shown("{% table_head columns %}", columns=COLUMNS)) == "Task Deadline Sum 10k yuan"


@pytest.mark.parametrize(("selectable", "boxes"), [(True, 1), (False, 0)])
def test_head_ticks_all_only_where_rows_can_be_ticked(selectable: bool, boxes: int):
    html = shown("{% table_head columns selectable=selectable %}", columns=COLUMNS, selectable=selectable)

    assert html.count("data-check-all") == boxes


def test_row_check_names_the_row():
    html = shown("{% row_check 7 'Fill the lake' %}")

    assert re.findall(r'(?:name|value|aria-label)="([^"]*)"', html) == ["row", "7", "Tick Fill the lake"]


def test_bulk_bar_holds_its_actions():
    html = shown("{% bulk_bar %}<button name='act'>Assign</button>{% endbulk_bar %}")

    assert said(html) == "Ticked: 0 Assign Untick all"


@pytest.mark.parametrize(
    ("query", "changes", "result"),
    [
        ("a=1&b=2", {"a": "3"}, "?b=2&a=3"),
        ("a=1&a=2", {"a": None}, "?"),
        ("a=1&after=9&before=2", {"b": "1"}, "?a=1&b=1"),
        ("after=9", {"after": "12"}, "?after=12"),
        ("q=a%26b", {}, "?q=a%26b"),
    ],
)
def test_query_is_changed_and_cursors_fall(query: str, changes: dict[str, str | None], result: str):
    assert changed_query(QueryDict(query), **changes) == result


class Filters(forms.Form):
    q = forms.CharField(required=False)
    light = forms.ChoiceField(required=False, choices=[("", "any"), ("red", "red")])


def test_filters_without_any_set_offer_none_to_take_off():
    assert links(shown("{% filters form %}", form=Filters())) == []


def test_filter_that_is_set_can_be_taken_off_alone():
    html = shown("{% filters form %}", path="/?q=lake&light=red&sort=due_on&after=3", form=Filters({"q": "lake"}))

    assert links(html) == ["?light=red&sort=due_on", "?q=lake&sort=due_on", "?"]


def test_filter_set_to_nothing_counts_as_not_set():
    assert links(shown("{% filters form %}", path="/?q=&light=", form=Filters())) == []


def test_filters_keep_the_order_of_the_list():
    html = shown("{% filters form %}", path="/?sort=-due_on", form=Filters())

    assert re.findall(r'type="hidden" name="sort" value="([^"]*)"', html) == ["-due_on"]


def test_saved_views_mark_the_one_in_use():
    views = [ViewLink("All", "?", is_current=True, count=0), ViewLink("Red", "?light=red")]

    html = shown("{% saved_views views %}", views=views)

    assert (said(html), html.count('aria-current="page"')) == ("All 0 Red", 1)


def test_saved_view_of_the_viewer_can_be_removed_while_in_use():
    views = [
        ViewLink("Mine", "?q=a", is_current=True, remove_url="/views/1/"),
        ViewLink("Other", "?q=b", remove_url="/views/2/"),
    ]

    html = shown("{% saved_views views %}", views=views)

    assert re.findall('action="([^"]*)"', html) == ["/views/1/"]


@pytest.mark.parametrize(("path", "forms_shown"), [("/?light=red", 1), ("/", 0)])
def test_filters_in_use_can_be_saved(path: str, forms_shown: int):
    assert shown("{% saved_views views save_url='/views/' %}", path=path, views=[]).count("<form") == forms_shown


def test_pager_in_the_middle_leads_both_ways():
    html = shown("{% pager page %}", path="/?q=a&after=5", page=Pager(50, 412, before="6", after="55"))

    assert (said(html), links(html)) == (
        "50 of 412 rows ← Previous page Next page →",
        ["?q=a&before=6", "?q=a&after=55"],
    )


def test_pager_of_a_list_that_only_goes_on_leads_back_to_the_beginning():
    html = shown("{% pager page %}", path="/?q=a&after=5", page=Pager(50, after="55"))

    assert links(html) == ["?q=a", "?q=a&after=55"]


def test_pager_of_a_whole_list_leads_nowhere():
    html = shown("{% pager page %}", page=Pager(3))

    assert (said(html), links(html)) == ("3 rows here", [])


def test_pager_on_paper_leads_back_to_the_list():
    html = shown("{% pager page %}", path="/?q=a&print=1", page=Pager(120, is_for_paper=True))

    assert (said(html), links(html)) == ("120 rows here Back to the list", ["?q=a"])


def test_pager_on_paper_says_where_the_list_was_cut():
    html = shown("{% pager page %}", path="/?print=1", page=Pager(2000, after="9", is_for_paper=True))

    assert said(html) == "Only the first 2000 rows are here: narrow the list, or export it. Back to the list"


@pytest.mark.parametrize(
    ("page", "ways"),
    [
        (None, []),
        (Pager(3), []),
        (Pager(50, after="9"), ["?q=a&print=1"]),
        (Pager(2000, after="9", is_for_paper=True), []),
    ],
)
def test_print_button_of_a_stretch_leads_to_all_rows(page: Pager | None, ways: list[str]):
    html = shown("{% print_button page %}", path="/?q=a&after=5", page=page)

    assert (links(html), html.count("data-print")) == (ways, 0 if ways else 1)


def test_paper_of_a_stretch_says_that_rows_are_missing():
    html = shown("{% print_head %}", page=Pager(50, after="9"))

    assert said(html).endswith("Only 50 rows of the list are here: “Print” on its page prints all.")


# --- records ---------------------------------------------------------------------------------------------------------


def test_story_tells_post_person_act_and_change():
    entry = StoryEntry(
        MORNING, "asked for more time", "A. Handler", "Housing bureau", changes=(Change("Deadline", "1", "2"),)
    )

    html = shown("{% story entries %}", entries=[entry])

    assert said(html) == "2026-11-23 09:05 Housing bureau A. Handler asked for more time Deadline 1 → 2"


def test_story_tells_once_who_is_called_by_the_post():
    entry = StoryEntry(MORNING, "signed", "Housing bureau".replace(" ", ""), "Housing bureau")

    assert said(shown("{% story entries %}", entries=[entry])) == "2026-11-23 09:05 Housing bureau signed"


def test_story_without_a_post_tells_the_person():
    html = shown("{% story entries %}", entries=[StoryEntry(MORNING, "reminded", "The clock")])

    assert said(html) == "2026-11-23 09:05 The clock reminded"


def test_story_without_entries_says_so():
    assert said(shown("{% story entries %}", entries=[])) == "Nothing has happened yet."


def test_story_quotes_what_was_written_as_text():
    entry = StoryEntry(MORNING, "reported", "A. Handler", quote="<script>\nsecond line")

    html = shown("{% story entries %}", entries=[entry])

    assert html.count("&lt;script&gt;<br>second line") == 1


def test_change_from_nothing_says_empty():
    html = shown("{% story entries %}", entries=[StoryEntry(MORNING, "set", "A", changes=(Change("Owner", "", "B"),))])

    assert said(html) == "2026-11-23 09:05 A set Owner empty → B"


def test_what_is_said_with_an_act_and_replaces_nothing_has_no_arrow():
    change = Change("Agencies", None, "Housing bureau")

    html = shown("{% story entries %}", entries=[StoryEntry(MORNING, "assigned", "A", changes=(change,))])

    assert said(html) == "2026-11-23 09:05 A assigned Agencies Housing bureau"


def test_steps_mark_what_is_done_current_and_stopped():
    stages = [Step("Assigned", StepState.DONE), Step("Working", StepState.CURRENT, "2 days left"), Step("Closed")]

    html = shown("{% steps stages %}", stages=[*stages, Step("Suspended", StepState.STOPPED)])

    assert said(html) == "✓ Assigned 2 Working 2 days left 3 Closed ✕ Suspended"


def test_tabs_mark_the_page_in_use():
    html = shown("{% tabs pages %}", pages=[Tab("Task", "/a/", is_current=True), Tab("Files", "/b/", count=2)])

    assert (said(html), links(html), html.count("aria-current")) == ("TaskFiles 2", ["/a/", "/b/"], 1)


def test_empty_list_says_what_would_be_here_and_how_it_comes():
    html = shown("{% empty 'Nothing waits.' how='Tasks come by assignment.' url='/new/' action='Assign one' %}")

    assert (said(html), links(html)) == ("Nothing waits. Tasks come by assignment. Assign one", ["/new/"])


def test_act_that_cannot_be_done_yet_says_why():
    html = shown("{% not_yet 'Close the task' 'two agencies have not answered' %}")

    assert (said(html), links(html)) == ("Close the task two agencies have not answered", [])


@pytest.mark.parametrize(("kind", "alerts"), [("note", 0), ("warning", 1), ("stop", 1)])
def test_callout_is_announced_when_it_warns(kind: str, alerts: int):
    html = shown("{% callout title='Wait' kind=kind %}<p>Read this.</p>{% endcallout %}", kind=kind)

    assert (said(html), html.count('role="alert"')) == ("Wait Read this.", alerts)


def test_conflict_tells_who_changed_what_and_that_typing_is_kept():
    html = shown(
        "{% conflict error who='An Officer' at=at changes=changes url='/t/7/' %}",
        error=StaleRecord(),
        at=MORNING,
        changes=[Change("Deadline", "1", "2")],
    )

    assert said(html) == (
        "Somebody else changed this record after you opened it. An Officer changed it at 2026-11-23 09:05: "
        "Deadline 1 → 2 What you typed is kept below: look at the change, then send it again. Open it as it is now"
    )


def test_dialog_is_named_by_its_title():
    html = shown("{% dialog id='ask' title='Ask for time' %}<p>Why?</p>{% enddialog %}")

    assert (said(html), html.count('aria-labelledby="ask-title"')) == ("Ask for time Close this Why?", 1)


# --- forms -----------------------------------------------------------------------------------------------------------


class Report(forms.Form):
    progress = forms.CharField(help_text="What was done.")
    proof = forms.CharField(required=False)
    scope = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "own"), ("b", "all")], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> None:
        self.add_error(None, "Too late.")


def test_form_row_has_label_field_and_help():
    html = shown("{% form_row form.progress %}", form=Report())

    assert (said(html), html.count('for="id_progress"')) == ("Progress What was done.", 1)


def test_form_row_that_may_stay_empty_says_so():
    assert said(shown("{% form_row form.proof %}", form=Report())) == "Proof if any"


def test_form_row_shows_its_error_where_the_field_points():
    html = shown("{% form_row form.progress %}", form=Report({}))

    assert said(html) == "Progress This field is required. What was done."
    assert re.findall('aria-describedby="([^"]*)"', html) == ["id_progress_helptext id_progress_error"]
    assert re.findall('id="(id_progress_[a-z]+)"', html) == ["id_progress_error", "id_progress_helptext"]


def test_form_row_of_choices_is_a_named_group():
    html = shown("{% form_row form.scope %}", form=Report())

    assert re.findall('aria-labelledby="([^"]*)"', html) == ["id_scope_label"]


def test_hidden_field_has_no_row():
    assert said(shown("{% form_row form.version %}", form=Report())) == ""


def test_form_rows_begin_with_what_concerns_the_whole():
    html = shown("{% form_rows form %}", form=Report({"progress": "x", "version": "1"}))

    assert said(html) == "Too late. Progress What was done. Proof if any Scope if any own all"


@pytest.mark.parametrize(
    ("is_bound", "attributes"),
    [(False, 'data-draft-key="report-7"'), (True, 'data-draft-key="report-7" data-draft-bound')],
)
def test_draft_keeps_the_typing_under_its_key(is_bound: bool, attributes: str):
    assert shown("{% draft 'report-7' is_bound=is_bound %}", is_bound=is_bound) == attributes
