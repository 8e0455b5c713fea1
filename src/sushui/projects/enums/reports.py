"""Words of monthly reports and of the bottlenecks that are found with them."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class ReportState(Word):
    """Whether a monthly report was given."""

    DRAFT = "draft", msg("Draft report")
    GIVEN = "given", msg("Given report")


class ReportDoubt(Word):
    """What is asked about before a report is taken; a person looks at it and confirms or corrects it."""

    CUMULATIVE_FALLS = "cumulative_falls", msg("Less is done in all than a month before")
    SUM_DIFFERS = "sum_differs", msg("What is done in all is not the sum of the months")
    EXCEEDS_TOTAL = "exceeds_total", msg("More is done than the whole project is to cost")
    PROGRESS_FALLS = "progress_falls", msg("The physical progress is less than a month before")
    PROGRESS_DIFFERS = "progress_differs", msg("The money does not fit the physical progress")


class Punctuality(Word):
    """Where a project stands with the report of a month."""

    IN_TIME = "in_time", msg("Reported before the cut-off")
    LATE = "late", msg("Reported after the cut-off")
    AWAITED = "awaited", msg("Not reported yet, in time")
    MISSING = "missing", msg("Not reported by the cut-off")


class ReportVerb(Word):
    """Acts on monthly reports, as the audit chain names them."""

    GIVE = "give_monthly_report", msg("gave the monthly report")
    CORRECT = "correct_monthly_report", msg("corrected the monthly report")
    KEEP = "keep_report_draft", msg("kept a draft of the monthly report")


class BottleneckState(Word):
    """Where a bottleneck stands."""

    OPEN = "open", msg("Open bottleneck")
    OVERDUE = "overdue", msg("Overdue bottleneck")
    RESOLVED = "resolved", msg("Resolved bottleneck")


class BottleneckVerb(Word):
    """Acts on bottlenecks beside raising and resolving them, as the audit chain names them."""

    RAISE_TASK = "raise_bottleneck_task", msg("made a supervised task of the bottleneck")
    REOPEN = "reopen_bottleneck", msg("opened the bottleneck again")
    CALL = "call_for_closing", msg("said of the task that its bottleneck is resolved")
    EXPORT = "export_bottlenecks", msg("exported bottlenecks")


# What the values in a line of these acts are.
REPORT_FIELDS = {
    "done": msg("Investment done in the month"),
    "cumulative": msg("Investment done in all"),
    "progress": msg("Physical progress (%)"),
    "received": msg("Funds received in the month"),
    "next_plan": msg("Planned for the next month"),
    "text": msg("What is to be said"),
    "stops": msg("What it stops"),
    "due_on": msg("To be resolved by"),
}
