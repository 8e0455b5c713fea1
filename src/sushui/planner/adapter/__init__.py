"""The room's door to the engine of planning: registers go in, plans, pictures and sentences come out.

Nothing here loads a solver but `solving.Search`, and that only when a worker begins to search.
"""

from sushui.planner.adapter.building import Built, MoneyFact, PoolFact, build
from sushui.planner.adapter.picturing import picture_of
from sushui.planner.adapter.questions import Answer, Explainer, Hold, Question
from sushui.planner.adapter.ranking import by_rank
from sushui.planner.adapter.solving import Found, Search, Solver, engine_explainer, engine_solver

__all__ = [
    "Answer",
    "Built",
    "Explainer",
    "Found",
    "Hold",
    "MoneyFact",
    "PoolFact",
    "Question",
    "Search",
    "Solver",
    "build",
    "by_rank",
    "engine_explainer",
    "engine_solver",
    "picture_of",
]
