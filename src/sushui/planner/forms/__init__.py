"""Forms of the planner."""

from sushui.planner.forms.pools import MONEY_FORMS, POOL_FORMS, AddMoneyForm, AddPoolForm
from sushui.planner.forms.scenarios import RUN_FORMS, SCENARIO_FORMS, DraftScenarioForm, UndoForm

__all__ = [
    "MONEY_FORMS",
    "POOL_FORMS",
    "RUN_FORMS",
    "SCENARIO_FORMS",
    "AddMoneyForm",
    "AddPoolForm",
    "DraftScenarioForm",
    "UndoForm",
]
