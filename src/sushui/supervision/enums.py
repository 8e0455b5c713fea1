"""Words of supervision. The Chinese of each is in docs/glossary.md."""

from __future__ import annotations

from sushui.documents.enums import FIELDS as FILE_FIELDS
from sushui.kernel.words import Word, msg


class OrderKind(Word):
    """What an order is in law: work given, a file inspection, or a demand for figures and reports."""

    ASSIGNMENT = "assignment", msg("Assignment")
    INSPECTION = "inspection", msg("Inspection")
    REPORT_DEMAND = "report_demand", msg("Demand for reports")


class OrderSource(Word):
    """Where the order comes from."""

    MEETING = "meeting", msg("Meeting")
    INSTRUCTION = "instruction", msg("Leader's instruction")
    DOCUMENT = "document", msg("Document")
    WORK_LIST = "work_list", msg("Work list")
    VISIT = "visit", msg("Visit")
    SUPPORT_REQUEST = "support_request", msg("Support request")
    BOTTLENECK = "bottleneck", msg("Bottleneck of a project")


class TaskKind(Word):
    """Which clocks a task runs on."""

    GENERAL = "general", msg("General task")
    MAJOR = "major", msg("Major task")
    CONTINUING = "continuing", msg("Continuing work")


class TaskState(Word):
    """Where a task stands."""

    DRAFTED = "drafted", msg("Drafted")
    ASSIGNED = "assigned", msg("Assigned")
    SIGNED = "signed", msg("Signed for")
    IN_PROGRESS = "in_progress", msg("In progress")
    COMPLETION_APPLIED = "completion_applied", msg("Completion applied for")
    RETURNED = "returned", msg("Returned for more work")
    SUSPENDED = "suspended", msg("Suspended with a plan")
    CLOSED = "closed", msg("Closed")
    WITHDRAWN = "withdrawn", msg("Withdrawn")


class PartRole(Word):
    """An agency's part in a task."""

    LEAD = "lead", msg("Lead agency")
    SUPPORTING = "supporting", msg("Supporting agency")


class PartState(Word):
    """Where an agency's part stands."""

    DRAFTED = "drafted", msg("Part drafted")
    ASSIGNED = "assigned", msg("To be signed for")
    SIGNED = "signed", msg("Part signed for")
    IN_PROGRESS = "in_progress", msg("Part in progress")
    ANSWERED = "answered", msg("Answered")
    DISPUTED = "disputed", msg("Ownership disputed")
    MOVED = "moved", msg("Moved to another agency")
    ENDED = "ended", msg("Part ended")


class ClockKind(Word):
    """What is due when a clock runs out."""

    ARRANGEMENT = "arrangement", msg("Arrangement")
    FEEDBACK = "feedback", msg("Feedback")
    RESULT = "result", msg("Result")
    NODE = "node", msg("Node report")
    ANSWER_LEAD = "answer_lead", msg("Answer to the lead agency")
    PLAN_STEP = "plan_step", msg("Plan step")
    OWNERSHIP_DECISION = "ownership_decision", msg("Decision on ownership")
    OBJECTION_REVIEW = "objection_review", msg("Review of an objection")


class NodeCycle(Word):
    """How often continuing work reports."""

    MONTHLY = "monthly", msg("Monthly")
    QUARTERLY = "quarterly", msg("Quarterly")
    YEARLY = "yearly", msg("Yearly")


class ReportKind(Word):
    """What a report answers."""

    ARRANGEMENT = "arrangement", msg("Arrangement report")
    FEEDBACK = "feedback", msg("Feedback report")
    PROGRESS = "progress", msg("Progress report")
    NODE = "node", msg("Report at a node")
    PLAN_STEP = "plan_step", msg("Report on a plan step")
    ANSWER = "answer", msg("Answer to the lead")


class RequestKind(Word):
    """What an agency asks the supervision office to decide."""

    CLOSING = "closing", msg("Application for closing")
    EXTENSION = "extension", msg("Application for extension")
    SUSPENSION = "suspension", msg("Application for suspension")
    OWNERSHIP = "ownership", msg("Ownership dispute")


class RequestState(Word):
    """What became of a request."""

    OPEN = "open", msg("To be decided")
    GRANTED = "granted", msg("Granted")
    REFUSED = "refused", msg("Refused")
    LAPSED = "lapsed", msg("Lapsed")


class Paper(Word):
    """Records that carry files, as the room of documents knows them."""

    REPORT = "supervision.report", msg("Progress report")
    REQUEST = "supervision.request", msg("Application")


class Grade(Word):
    """How well a closed task was done."""

    EXCELLENT = "excellent", msg("Excellent")
    GOOD = "good", msg("Good")
    QUALIFIED = "qualified", msg("Qualified")
    UNQUALIFIED = "unqualified", msg("Unqualified")


class StatusLight(Word):
    """A light: shape and word beside the color."""

    NONE = "none", msg("No light")
    GREEN = "green", msg("Green light")
    YELLOW = "yellow", msg("Yellow light")
    RED = "red", msg("Red light")


class Timeliness(Word):
    """How this year's work on a task is judged by the clock."""

    JUDGED = "judged", msg("Closed this year, or overdue")
    ON_TIME = "on_time", msg("Closed this year on time")
    LATE = "late", msg("Closed this year late, or overdue")


class Rung(Word):
    """Rungs of the ladder, lowest first."""

    DUE_SOON = "due_soon", msg("Due soon")
    OVERDUE = "overdue", msg("Overdue")
    RED = "red", msg("Red")
    LISTED = "listed", msg("Listed")


class DayBasis(Word):
    """Which days a clock counts."""

    WORKING = "working", msg("Working days")
    CALENDAR = "calendar", msg("Calendar days")


class MonthLength(Word):
    """What a month of a limit is."""

    SAME_DATE = "same_date", msg("To the same date of the next month, or its last day")
    THIRTY_DAYS = "thirty_days", msg("30 calendar days")


class RestDayRule(Word):
    """Where a deadline goes that falls on a rest day."""

    LATER = "later", msg("To the next working day")
    SAME = "same", msg("Nowhere: it stays on the rest day")
    EARLIER = "earlier", msg("To the working day before")


class Unit(Word):
    """What a limit is counted in."""

    DAY = "day", msg("Day")
    MONTH = "month", msg("Month")


class Verb(Word):
    """Acts on a task, as the audit chain and the story name them."""

    ASSIGN = "assign_task", msg("assigned the task")
    SIGN = "sign_for_task", msg("signed for the task")
    REPORT = "report_progress", msg("reported progress")
    ANSWER = "answer_lead", msg("answered the lead agency")
    APPLY = "apply_for_closing", msg("applied for closing")
    CLOSE = "close_task", msg("closed the task")
    RETURN = "return_task", msg("returned the task")
    SUSPEND = "suspend_task", msg("suspended the task with a plan")
    RESUME = "resume_task", msg("resumed the task")
    WITHDRAW = "withdraw_task", msg("withdrew the task")
    REMIND = "remind", msg("sent a reminder")
    DRAFT = "draft_task", msg("drafted the task")
    EDIT = "edit_task", msg("edited the task")
    APPOINT = "appoint_handler", msg("named the handler")
    ASK_EXTENSION = "ask_extension", msg("asked for an extension")
    EXTEND = "extend_deadline", msg("extended the deadline")
    REFUSE_EXTENSION = "refuse_extension", msg("refused the extension")
    ASK_SUSPENSION = "ask_suspension", msg("asked for suspension with a plan")
    REFUSE_SUSPENSION = "refuse_suspension", msg("refused the suspension")
    DISPUTE = "dispute_ownership", msg("said that the task is another agency's")
    DECIDE_OWNERSHIP = "decide_ownership", msg("decided whose task it is")
    HAND_OVER = "hand_over", msg("handed the task over with the post")
    RECOMPUTE = "recompute_deadline", msg("recomputed the deadline")
    CLIMB = "climb_ladder", msg("raised the alarm")


class OrderVerb(Word):
    """Acts on orders and on the conclusions of inspections, as the audit chain names them."""

    DRAFT = "draft_order", msg("drafted the order")
    PROPOSE = "propose_tasks", msg("proposed tasks to the office")
    DELIVER = "deliver_conclusion", msg("delivered a conclusion")
    OBJECT = "object_to_conclusion", msg("objected to the conclusion")
    REVIEW = "review_objection", msg("reviewed the objection")


class ListVerb(Word):
    """Acts on work lists, as the audit chain names them."""

    STAGE = "stage_import", msg("sent in a work list")
    DISCARD = "discard_import", msg("dropped a work list")
    IMPORT = "commit_import", msg("imported a work list")
    EXPORT_REGISTER = "export_register", msg("exported the register")
    EXPORT_ORDER = "export_order", msg("exported the order")


class ColumnMeaning(Word):
    """What a column of a work list holds."""

    NUMBER = "number", msg("No.")
    TITLE = "title", msg("Task")
    LEADER = "leader", msg("Leader")
    LEAD = "lead_agencies", msg("Lead agency")
    SUPPORTING = "supporting_agencies", msg("Supporting agencies")
    DEADLINE = "deadline", msg("Deadline")
    DEADLINE_TEXT = "deadline_text", msg("Deadline as written")
    KIND = "kind", msg("Kind")
    CATEGORY = "category", msg("Section")
    NOTE = "note", msg("Note")
    IGNORED = "ignored", msg("Left out")


class SheetDoubt(Word):
    """What must be said about a sheet before its rows can be read."""

    NO_HEADER = "no_header", msg("No row looks like a header")
    NO_TITLE_COLUMN = "no_title_column", msg("No column holds the tasks")
    UNKNOWN_COLUMN = "unknown_column", msg("This heading is not known")
    COLUMN_TWICE = "column_twice", msg("Two columns seem to hold the same")


class SkippedKind(Word):
    """Why a filled row of a work list is no task."""

    SECTION = "section", msg("Section")
    NOTE = "note", msg("Note")
    TOTAL = "total", msg("Total")
    REPEATED_HEADER = "repeated_header", msg("Header again")
    MERGED = "merged", msg("Belongs to the row above")


class RowDoubt(Word):
    """What a row of a work list leaves open."""

    NO_TITLE = "no_title", msg("The row has no task")
    SHARED_TITLE = "shared_title", msg("One task stands over several rows")
    UNKNOWN_AGENCY = "unknown_agency", msg("Nobody here has this name")
    AMBIGUOUS_AGENCY = "ambiguous_agency", msg("Several have this name")
    UNDETERMINED_GROUP = "undetermined_group", msg("Who is meant is not said")
    EMPTY_GROUP = "empty_group", msg("Nobody belongs to this group")
    OPEN_ENDED = "open_ended", msg("“And others”: who else?")
    NO_LEAD = "no_lead", msg("Nobody leads")
    SEVERAL_LEADS = "several_leads", msg("Several are named: who leads?")
    DEADLINE = "deadline", msg("The deadline is not plain")


class DeadlineDoubt(Word):
    """Why a deadline must be asked for."""

    NOTHING_WRITTEN = "nothing_written", msg("No deadline is written")
    PASSED = "passed", msg("This day has passed")
    WITHIN = "within", msg("A length of time, not a day")
    YEAR_MISSING = "year_missing", msg("The year is not said")
    REFERENCE_MISSING = "reference_missing", msg("Say first when the list was issued")
    YEAR_OUT_OF_RANGE = "year_out_of_range", msg("The year cannot be right")
    NO_SUCH_DAY = "no_such_day", msg("There is no such day")
    BEFORE_A_PERIOD = "before_a_period", msg("Before its beginning or its end?")
    RELATIVE_YEAR = "relative_year", msg("Which year?")
    RECURRING = "recurring", msg("It comes again and again")
    SEVERAL_DATES = "several_dates", msg("Several days are named")
    WORDS_AROUND_A_DATE = "words_around_a_date", msg("More is said than a day")
    TOO_LONG = "too_long", msg("Too long for a deadline")
    NOT_UNDERSTOOD = "not_understood", msg("This is not understood")


class ListAnswer(Word):
    """How a person settles what a row leaves open."""

    AGENCIES = "agencies", msg("These agencies")
    LEAVE_OUT = "leave_out", msg("Leave it out")
    FIRST_LEADS = "first_leads", msg("The first leads, the others support")
    EACH_LEADS = "each_leads", msg("A task of its own for each")
    ONE_LEADS = "one_leads", msg("One leads, the others support")
    NO_LEAD = "no_lead", msg("Draft it without a lead agency")
    ON_DAY = "on_day", msg("On this day")
    CONTINUING = "continuing", msg("Continuing work")
    BY_RULE = "by_rule", msg("By the limit of its kind")
    AS_GIVEN = "as_given", msg("Keep the day as it is")
    TITLE = "title", msg("This is the task")
    OWN_TASK = "own_task", msg("A task of its own")


# What the values in a line of the audit chain are.
FIELDS = {
    **FILE_FIELDS,
    "agencies": msg("Agencies"),
    "agency": msg("Agency"),
    "agency_id": msg("Number of the agency"),
    "assigned_on": msg("Assigned on"),
    "assigned_since": msg("Assigned since"),
    "awaited_agency_id": msg("Number of the awaited agency"),
    "closed_on": msg("Closed on"),
    "closed_since": msg("Closed since"),
    "day": msg("Deadline"),
    "deadline_on": msg("Deadline"),
    "deadline_text": msg("Deadline as written"),
    "decision": msg("Decision"),
    "digest": msg("Digest of the sheet"),
    "division_id": msg("Number of the division"),
    "due_before": msg("Due by"),
    "due_on": msg("Deadline"),
    "file": msg("File"),
    "filter": msg("Filters"),
    "grade": msg("Grade"),
    "handler": msg("Handler"),
    "holder": msg("Held by"),
    "is_late": msg("Late"),
    "is_open": msg("Still open"),
    "kind": msg("Kind"),
    "lead_agency_id": msg("Number of the lead agency"),
    "leader_post_id": msg("Number of the leader's post"),
    "leader_text": msg("Leader"),
    "light": msg("Light"),
    "named_agency": msg("Agency named"),
    "new_due_on": msg("Deadline asked for"),
    "node_cycle": msg("Reports"),
    "note": msg("Note"),
    "number": msg("No."),
    "old_due_on": msg("Present deadline"),
    "order": msg("Number of the order"),
    "order_id": msg("Number of the order"),
    "owner": msg("Responsible agency"),
    "part": msg("Number of the part"),
    "part_state": msg("State of the part"),
    "plan": msg("Plan"),
    "post": msg("Post"),
    "report": msg("Number of the report"),
    "request": msg("Number of the request"),
    "red_since": msg("Turned red since"),
    "returned_count": msg("Times returned"),
    "returned_on": msg("Returned on"),
    "rows": msg("Rows"),
    "rung": msg("Reminder"),
    "section": msg("Section"),
    "sheet": msg("Sheet"),
    "state": msg("State"),
    "subject_id": msg("Number of the subject"),
    "supporting": msg("Supporting agencies"),
    "tasks": msg("Tasks"),
    "text": msg("Text"),
    "timeliness": msg("Timeliness"),
    "title": msg("Title"),
    "unanswered": msg("Not answered yet"),
    "what": msg("Due"),
}
# The words that some of them hold.
VALUES: dict[str, tuple[type[Word], ...]] = {
    "decision": (RequestState,),
    "grade": (Grade,),
    "kind": (OrderKind, TaskKind, ReportKind),
    "light": (StatusLight,),
    "node_cycle": (NodeCycle,),
    "part_state": (PartState,),
    "rung": (Rung,),
    "state": (TaskState, RequestState),
    "timeliness": (Timeliness,),
    "what": (ClockKind,),
}
# What the records are called that the lines are about.
RECORDS = {
    "supervision.supervisionorder": msg("Order"),
    "supervision.supervisedtask": msg("Task"),
    "supervision.conclusion": msg("Conclusion"),
    "supervision.objection": msg("Objection"),
    "supervision.importdraft": msg("Work list"),
}
