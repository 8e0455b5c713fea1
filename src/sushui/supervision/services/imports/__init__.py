"""Reading work lists in: all rows of a sheet become task drafts or none do, and what is not said is asked."""

from sushui.supervision.services.imports.acts import (
    MOST_ASSIGNED,
    answer_questions,
    commit_import,
    describe_import,
    discard_import,
    map_columns,
    stage_import,
)
from sushui.supervision.services.imports.answers import ONE_AGENCY, Answer, GivenAnswer, Question, given_answers
from sushui.supervision.services.imports.previews import changed_since_shown, hold_shown, show_import
from sushui.supervision.services.imports.reading import ListUnderstanding, OpenQuestion, understand_import
from sushui.supervision.services.imports.settling import SettledRow

__all__ = [
    "MOST_ASSIGNED",
    "ONE_AGENCY",
    "Answer",
    "GivenAnswer",
    "ListUnderstanding",
    "OpenQuestion",
    "Question",
    "SettledRow",
    "answer_questions",
    "changed_since_shown",
    "commit_import",
    "describe_import",
    "discard_import",
    "given_answers",
    "hold_shown",
    "map_columns",
    "show_import",
    "stage_import",
    "understand_import",
]
