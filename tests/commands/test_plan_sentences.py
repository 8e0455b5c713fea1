"""Every refusal is a sentence that says what is wrong, where, and how to mend it."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.commands.plan.places import Places, where
from sushui.commands.plan.sentences import DOUBTS, SENTENCES, doubt_sentence, refusal_sentence
from sushui.engines.planning import Consumable, Done, Problem, Project, Release, TimeLine
from sushui.engines.planning.checking import check, doubts
from sushui.engines.planning.errors import Doubt, PlanningError, Refusal
from sushui.engines.planning.reading.documents import PlanningFile
from sushui.engines.planning.reading.tables import read_tables
from sushui.engines.planning.reading.texts import read_json
from tests.engines.planning import test_checking as door
from tests.engines.planning import test_reading as files
from tests.engines.planning.problems import activity, lag, mode, project


def refusal(read, *given) -> PlanningError:
    """What is refused."""
    with pytest.raises(PlanningError) as refused:
        read(*given)
    return refused.value


def land(amount: int) -> tuple[Consumable, ...]:
    """A quota in hundredths of a mu."""
    return (Consumable("land", (Release(0, amount),), "construction land", "亩", 2),)


def dated(*projects: Project, **fields) -> Places:
    """The places of a problem that begins with the year."""
    return Places(PlanningFile(Problem(TimeLine(30, date(2026, 1, 1)), projects, **fields)))


def checked(places: Places) -> str:
    """The sentence with which the door refuses."""
    return refusal_sentence(refusal(check, places.problem), places)


def test_every_refusal_and_every_doubt_has_a_sentence():
    assert (set(SENTENCES), set(DOUBTS)) == (set(Refusal), set(Doubt))


@pytest.mark.parametrize("asked", [asked for asked, _, _ in door.REFUSED.values()], ids=list(door.REFUSED))
def test_what_the_door_refuses_is_said_without_gaps(asked):
    said = refusal_sentence(refusal(check, asked), Places(PlanningFile(asked)))

    assert (said.count("{"), said[-1]) == (0, ".")


@pytest.mark.parametrize("text", [text for text, _, _ in files.SLIPS.values()], ids=list(files.SLIPS))
def test_what_a_text_is_refused_for_is_said_without_gaps(text):
    said = refusal_sentence(refusal(read_json, text), Places())

    assert (said.count("{}"), said[-1]) == (0, ".")


@pytest.mark.parametrize("sheets", [sheets for sheets, _, _ in files.TABLE_SLIPS.values()], ids=list(files.TABLE_SLIPS))
def test_what_tables_are_refused_for_is_said_without_gaps(sheets):
    said = refusal_sentence(refusal(read_tables, sheets), Places())

    assert (said.count("{"), said[-1]) == (0, ".")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "the file"),
        ("projects.road.activities.works", "projects.road.activities.works"),
        ("modes!2.duration", "sheet modes (方式), row 2, column duration (工期)"),
        ("activities!7", "sheet activities (事项), row 7"),
    ],
)
def test_a_place_is_said_as_its_author_knows_it(place, said):
    assert where(place) == said


def test_amounts_are_said_in_their_unit():
    takes = project("plant", activity("a", mode(2, land=50050)), is_mandatory=True)

    assert checked(dated(takes, consumables=land(32000))) == (
        "plant: a: it must be in the plan and takes 500.50 亩 of land; there is never more than 320.00 亩. "
        "Give more, take less, or make the project optional."
    )


def test_ends_are_said_as_last_days():
    late = project("plant", activity("a", mode(9), deadline=5, name="works"), is_mandatory=True, name="the plant")

    assert checked(dated(late)) == (
        "the plant (plant): works: it must be in the plan and should end by 2026-01-05; at the earliest it ends "
        "2026-01-09. Move the deadline, shorten what comes before, or make the project optional."
    )


def test_a_circle_is_said_from_one_to_the_next():
    places = dated(project("p", activity("a"), activity("b")), lags=(lag("a", "b"), lag("b", "a")))

    assert checked(places) == (
        "the file: these wait for each other in a circle: p: a → p: b → p: a. Take one of the lags between them out."
    )


def test_a_start_is_said_as_its_day():
    done = project("p", activity("a", mode(3)), activity("b", done=Done(2)), is_mandatory=True)

    assert checked(dated(done, lags=(lag("a", "b"),))) == (
        "p: b: it is done since 2026-01-03, and what it waits for lets it begin only at 2026-01-04. "
        "Mark what comes before as done, or take the lag out."
    )


def test_a_unit_that_differs_is_named_beside_the_one_expected():
    said = refusal_sentence(refusal(read_json, files.with_demand("5 公顷")), Places())

    assert said == (
        "projects.p.activities.a.modes.0.demands.land: the unit is “公顷”, and the factor is counted in “亩”. "
        "Convert it to 亩."
    )


def test_a_doubt_is_said_with_the_project():
    places = dated(project("plant", activity("a", mode(31))))

    assert [doubt_sentence(each, places) for each in doubts(places.problem)] == [
        "plant can be in no plan: a should end by 2026-01-30, and at the earliest it ends after all that is planned."
    ]


@pytest.mark.parametrize("asked", [asked for asked, _ in door.DOUBTED.values()], ids=list(door.DOUBTED))
def test_every_doubt_is_said_without_gaps(asked):
    said = [doubt_sentence(each, Places(PlanningFile(asked))) for each in doubts(asked)]

    assert [(each.count("{"), each[-1]) for each in said] == [(0, ".")] * len(said)
