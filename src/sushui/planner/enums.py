"""Words of the planner: pools, scenarios and what is changed in them, runs, plans and what they are worth."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class PoolKind(Word):
    """Whether what is not used today is lost, or what is used is gone."""

    CONSUMABLE = "consumable", msg("Used up once")
    RENEWABLE = "renewable", msg("Offered anew every week")


class ScenarioState(Word):
    """How far a scenario has come. Once adopted nobody changes it."""

    DRAFT = "draft", msg("Being drawn up")
    PLANNED = "planned", msg("With a plan")
    ADOPTED = "adopted", msg("Adopted scenario")


class ChangeKind(Word):
    """What a scenario says otherwise than the registers."""

    POOL = "pool", msg("More or less of a resource")
    MONEY = "money", msg("More or less money")
    PUT_IN = "put_in", msg("One more candidate")
    LEAVE_OUT = "leave_out", msg("Left out of the candidates")
    MANDATORY = "mandatory", msg("In the plan in any case")
    FIX_START = "fix_start", msg("Construction begins on a day")
    PROMISE = "promise", msg("Promised to be completed by a day")


class RunState(Word):
    """Where a run stands. The last three are final: nobody changes what such a run says."""

    QUEUED = "queued", msg("Waiting to be run")
    RUNNING = "running", msg("Being planned")
    FINISHED = "finished", msg("Run finished")
    STOPPED = "stopped", msg("Stopped by hand")
    FAILED = "failed", msg("Could not be planned")


class PlanStatus(Word):
    """What is known of the best plan of a run."""

    OPTIMAL = "optimal", msg("Proved: no plan is worth more")
    FEASIBLE = "feasible", msg("A plan that can be carried out")
    INFEASIBLE = "infeasible", msg("Proved: not everything that must be can be")
    UNKNOWN = "unknown", msg("No plan found in the time given")


class ValuePart(Word):
    """The parts of a plan's value."""

    INVESTMENT = "investment", msg("Investment done in the year")
    OUTPUT = "output", msg("Output within the horizon")
    TAX = "tax", msg("Tax within the horizon")
    JOBS = "jobs", msg("Jobs")
    PRIORITY = "priority", msg("Level of the projects")
    COMMITMENT = "commitment", msg("Promises kept")
    LATENESS = "lateness", msg("Lateness")


class ActivityKind(Word):
    """What an activity of a plan is."""

    PERMIT = "permit", msg("Permit")
    LAND = "land", msg("Land supplied")
    WORKS = "works", msg("Construction")


class Missing(Word):
    """Why a project cannot be planned: nobody has said what planning needs, and nothing is guessed."""

    RESTING = "resting", msg("It is suspended or terminated.")
    BUILT = "built", msg("It is completed: nothing is left to be planned.")
    INVESTMENT = "investment", msg("Its total investment is not known.")
    START = "start", msg("No month is planned for its start.")
    COMPLETION = "completion", msg("No month is planned for its completion.")
    COMPLETION_PASSED = "completion_passed", msg("Its planned completion has passed, and it is not completed.")
    COMPLETION_BEFORE_START = "completion_before_start", msg("Its planned completion lies before its start.")
    PATH = "path", msg("No permit path is chosen.")
    STEP = "step", msg("Nobody has said how long “%(what)s” takes.")
    LAND = "land", msg("Nobody has said how much land it needs.")
    NEED = "need", msg("Nobody has said how much it needs of: %(what)s.")
    BEYOND = "beyond", msg("Its construction ends after the years that are planned.")
    PAYER = "payer", msg("No money that was entered may pay for it: %(what)s.")


class PlannerVerb(Word):
    """Acts on the planner's records, as the audit chain names them."""

    ADD_POOL = "add_pool", msg("entered a resource pool")
    EDIT_POOL = "edit_pool", msg("changed a resource pool")
    DROP_POOL = "drop_pool", msg("took a resource pool away")
    ADD_MONEY = "add_money_pool", msg("entered money that arrives")
    EDIT_MONEY = "edit_money_pool", msg("changed money that arrives")
    DROP_MONEY = "drop_money_pool", msg("took money that arrives away")
    DRAFT = "draft_scenario", msg("drew up the scenario")
    COPY = "copy_scenario", msg("copied the scenario")
    EDIT = "edit_scenario", msg("changed what the scenario weighs")
    CHANGE = "change_scenario", msg("changed something in the scenario")
    UNDO = "undo_scenario_change", msg("took a change back")
    ASK = "ask_for_run", msg("asked for a plan")
    RANK = "plan_by_rank", msg("planned by rank")
    STOP = "stop_run", msg("stopped the run")
    ADOPT = "adopt_plan", msg("adopted the plan")


FIELDS = {
    "name": msg("Called"),
    "year": msg("Year"),
    "base": msg("Base"),
    "factor": msg("Factor"),
    "kind": msg("Kind"),
    "agency": msg("Agency"),
    "place": msg("Only in"),
    "what": msg("What exactly"),
    "from_on": msg("From"),
    "until_on": msg("Until"),
    "amount": msg("How much there is"),
    "document": msg("Document"),
    "source": msg("Source of money"),
    "arrives_on": msg("Arrives on"),
    "uses": msg("May pay for"),
    "years": msg("Years planned"),
    "weights": msg("What counts how much"),
    "subject": msg("About"),
    "by": msg("By how much"),
    "on": msg("On"),
    "state": msg("State"),
    "seconds": msg("Seconds"),
    "projects": msg("Projects"),
    "tasks": msg("Tasks"),
    "version": msg("Version"),
}
RECORDS = {
    "planner.resourcepool": msg("Resource pool"),
    "planner.moneypool": msg("Money pool"),
    "planner.scenario": msg("Scenario"),
    "planner.run": msg("Run"),
}
