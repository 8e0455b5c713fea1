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
    REQUIRE = "require", msg("Only together with another project")
    RIVAL = "rival", msg("Never together with another project")


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
    CHANGES = "changes", msg("Price of what is changed")


class InquiryKind(Word):
    """What is asked of a run."""

    LEFT_OUT = "left_out", msg("Why projects are left out")
    CONFLICT = "conflict", msg("What cannot hold together")
    WORTH = "worth", msg("What more and less of each factor is worth")
    BOTTLENECKS = "bottlenecks", msg("What solving each bottleneck is worth")
    RISKS = "risks", msg("Which promises are at risk")


class InquiryState(Word):
    """Where an inquiry stands. The last two are final: nobody changes its answer."""

    QUEUED = "queued", msg("Waiting to be worked out")
    RUNNING = "running", msg("Being worked out")
    ANSWERED = "answered", msg("Worked out")
    FAILED = "failed", msg("Could not be worked out")


class Firmness(Word):
    """How firmly a new plan holds to what was planned before."""

    FIRM = "firm", msg("Change as little as can be")
    WEIGHED = "weighed", msg("Change where it brings much")
    FREE = "free", msg("Change freely")


class Slip(Word):
    """What has not come as it was planned."""

    GONE = "gone", msg("It is not among what can be planned any more.")
    LATE = "late", msg("Construction was to begin on %(day)s and has not begun.")
    BEGUN_LATE = "begun_late", msg("Construction began %(weeks)s than planned.")
    OPEN = "open", msg("“%(what)s” was to be decided by %(day)s and is open.")


class Affected(Word):
    """What a new plan means for a project of the one before."""

    LEFT = "left", msg("Goes out")
    JOINED = "joined", msg("Comes in")
    MOVED = "moved", msg("Is moved")


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
    REQUIRED = "required", msg("It is to be built only together with “%(what)s”, which cannot be planned.")


class Doubt(Word):
    """What a project is planned with although nobody knows whether it holds."""

    STOPPED = "stopped", msg("The clock of “%(what)s” stands still; it is planned as if it went on today.")
    OVER = "over", msg("The limit of “%(what)s” has passed; it is planned to be decided within a week.")


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
    INQUIRE = "inquire_into_run", msg("asked for an explanation")
    REPLAN = "replan", msg("asked for a new plan that keeps to the one before")


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
    "other": msg("Other project"),
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
    "planner.inquiry": msg("Inquiry"),
}
