"""Where the pages of the planner stand."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.planner import views
from sushui.planner.forms import MONEY_FORMS, POOL_FORMS, RUN_FORMS, SCENARIO_FORMS

app_name = "planner"
_SCENARIO, _RUN = "scenarios/<int:scenario_id>/", "runs/<int:run_id>/"

urlpatterns: list[URLPattern] = [
    path("", views.scenarios, name="scenarios"),
    path("scenarios/new/", views.draft_scenario, name="draft-scenario"),
    path(_SCENARIO, views.scenario, name="scenario"),
    path(f"{_SCENARIO}compare/<int:other_scenario_id>/", views.compare, name="compare"),
    *[path(f"{_SCENARIO}{verb}/", views.scenario_act, {"verb": verb}, f"scenario-{verb}") for verb in SCENARIO_FORMS],
    path("changes/<int:change_id>/undo/", views.undo_change, name="undo-change"),
    path(_RUN, views.run, name="run"),
    path(f"{_RUN}paper/", views.run_paper, name="run-paper"),
    path(f"{_RUN}stakes/", views.run_stakes, name="run-stakes"),
    path(f"{_RUN}progress/", views.run_progress, name="run-progress"),
    *[path(f"{_RUN}{verb}/", views.run_act, {"verb": verb}, f"run-{verb}") for verb in RUN_FORMS],
    path("pools/", views.pools, name="pools"),
    path("pools/new/", views.add_pool, name="add-pool"),
    *[path(f"pools/<int:pool_id>/{verb}/", views.pool_act, {"verb": verb}, f"pool-{verb}") for verb in POOL_FORMS],
    path("money/new/", views.add_money, name="add-money"),
    *[path(f"money/<int:money_id>/{verb}/", views.money_act, {"verb": verb}, f"money-{verb}") for verb in MONEY_FORMS],
]
