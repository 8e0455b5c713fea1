"""Words of the permits before construction: paths, steps and where they stand, and what is done to them."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class PermitPath(Word):
    """By which law a project is let begin."""

    ENTERPRISE_FILING = "enterprise_filing", msg("Enterprise investment, by filing")
    ENTERPRISE_APPROVAL = "enterprise_approval", msg("Enterprise investment, by approval")
    GOVERNMENT_INVESTMENT = "government_investment", msg("Government investment")


class PermitVariant(Word):
    """Whether each permit is examined beforehand, or some are promised and examined afterwards."""

    STANDARD = "standard", msg("Standard path")
    COMMITMENT = "commitment", msg("Commitment system")


class PermitState(Word):
    """Where a permit step stands."""

    FILEABLE = "fileable", msg("Can be filed today")
    WAITING = "waiting", msg("Waits for what comes before")
    FILED = "filed", msg("Filed, not yet accepted")
    CORRECTIONS = "corrections", msg("Sent back for corrections")
    RUNNING = "running", msg("Being examined")
    STOPPED = "stopped", msg("Clock stopped")
    EXPIRED = "expired", msg("Expired permit")
    DONE = "done", msg("Permit granted")


class PermitKind(Word):
    """How a permit step is done."""

    REVIEW = "review", msg("Examined and decided")
    NOTIFICATION = "notification", msg("By notice to the agency")
    PROMISE = "promise", msg("Promised by the enterprise")
    GOVERNMENT_SERVICE = "government_service", msg("Done by the government for all")
    OWN_WORK = "own_work", msg("Project unit's own work")
    MILESTONE = "milestone", msg("A day that is reached")


class PermitStopKind(Word):
    """For what the clock of a permit stands still."""

    CORRECTIONS = "corrections", msg("Corrections")
    EXPERT_REVIEW = "expert_review", msg("Expert review")
    HEARING = "hearing", msg("Hearing")
    TENDER = "tender", msg("Tender or auction")
    TESTING = "testing", msg("Testing and appraisal")
    CONSULTATION = "consultation", msg("Asking other agencies")
    DISPUTE = "dispute", msg("Dispute or lawsuit")


class PermitUnit(Word):
    """What the length of a permit step is counted in."""

    WORKING_DAY = "working_day", msg("working days")
    CALENDAR_DAY = "calendar_day", msg("calendar days")
    MONTH = "month", msg("months")


class ClockStart(Word):
    """What sets the clock of a permit's limit going."""

    RECEIPT = "receipt", msg("from receipt")
    ACCEPTANCE = "acceptance", msg("from acceptance")
    PREREQUISITES = "prerequisites", msg("from the last prerequisite")


class PermitUnknown(Word):
    """Why nobody can say when a permit step will be finished."""

    NO_LIMIT = "no_limit", msg("No limit is stated and nothing is planned")
    AT_LEAST = "at_least", msg("Only the least it takes is stated")
    STOPPED = "stopped", msg("It waits for something that has no end yet")
    OVER = "over", msg("Its limit has passed")


class PermitDoubt(Word):
    """What is odd about a date or a number of a permit: a person looks at the document and confirms it."""

    BEFORE_PREREQUISITES = "before_prerequisites", msg("Earlier than what has to come before it.")
    NUMBER_ELSEWHERE = "number_elsewhere", msg("Another project has a document with this number.")
    WITHOUT_NUMBER = "without_number", msg("A permit without the number of its document.")


class PermitVerb(Word):
    """Acts on permits, as the audit chain names them."""

    CHOOSE_PATH = "choose_permit_path", msg("chose the permit path")
    FILE = "file_permit", msg("recorded an application")
    ACCEPT = "accept_permit", msg("recorded that an application was accepted")
    SEND_BACK = "send_back_permit", msg("sent an application back for corrections")
    STOP = "stop_permit", msg("stopped the clock of a permit")
    RESUME = "resume_permit", msg("let the clock of a permit run on")
    PROLONG = "prolong_permit_limit", msg("prolonged the limit of a permit")
    GRANT = "grant_permit", msg("recorded a permit")
    EXTEND = "extend_permit", msg("extended a permit")
    TAKE_BACK = "take_back_permit", msg("took back what was recorded of a permit")
    PLAN_STEP = "plan_permit_step", msg("planned a permit step")
    NAME_HOLDERS = "name_permit_holders", msg("named who holds which permits")
    EDIT_TEMPLATE = "edit_permit_template", msg("wrote a new version of a permit path")
    OVERRUN = "raise_permit_overrun", msg("found a permit over its limit")


# What the values in a line of the audit chain are.
PERMIT_FIELDS = {
    "step": msg("Permit step"),
    "path": msg("Permit path"),
    "variant": msg("Variant"),
    "template": msg("Version of the permit path"),
    "flags": msg("Circumstances"),
    "filed_on": msg("Filed on"),
    "accepted_on": msg("Accepted on"),
    "granted_on": msg("Granted on"),
    "number": msg("Number of the document"),
    "expires_on": msg("Good until"),
    "kind": msg("Reason of the stop"),
    "from_on": msg("From"),
    "until_on": msg("Until"),
    "extended": msg("Prolonged by"),
    "planned_days": msg("Planned days"),
    "agency": msg("Agency that holds it"),
    "due_on": msg("Deadline"),
    "odd": msg("Confirmed though odd"),
}
PERMIT_VALUES: dict[str, tuple[type[Word], ...]] = {
    "path": (PermitPath,),
    "variant": (PermitVariant,),
    "kind": (PermitStopKind,),
    "odd": (PermitDoubt,),
}
PERMIT_RECORDS = {
    "projects.permitplan": msg("Permit plan"),
    "projects.permitstep": msg("Permit step"),
    "projects.permittemplateversion": msg("Version of the permit path"),
}
