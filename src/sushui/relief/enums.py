"""Words of the room of relief. The Chinese of each is in docs/glossary.md."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class SupportKind(Word):
    """What an enterprise asks for, as the office classifies it."""

    LAND = "land", msg("Land and premises")
    UTILITIES = "utilities", msg("Water, power, gas and roads")
    FINANCE = "finance", msg("Loans and guarantees")
    WORKERS = "workers", msg("Recruiting and workers")
    PERMITS = "permits", msg("Permits and registration")
    POLICY = "policy", msg("Promised support")
    TAX = "tax", msg("Taxes and fees")
    UNPAID = "unpaid", msg("Unpaid government bills")
    OBSTRUCTION = "obstruction", msg("Obstruction of construction")
    ENVIRONMENT = "environment", msg("Environment and safety")
    MARKET = "market", msg("Sales and supply")
    CONDUCT = "conduct", msg("Conduct of officials")
    OTHER = "other", msg("Another matter")


class SupportChannel(Word):
    """By which way a request came."""

    FORM = "form", msg("Form")
    QR_CODE = "qr_code", msg("QR code")
    PHONE = "phone", msg("Telephone call")
    VISIT = "visit", msg("Found on a visit")
    HOTLINE = "hotline", msg("Hotline")


class SupportState(Word):
    """Where a request stands."""

    RECEIVED = "received", msg("To be assigned")
    ASSIGNED = "assigned", msg("With the agencies")
    ANSWERED = "answered", msg("Answered, to be rated")
    REOPENED = "reopened", msg("Reopened, to be assigned")
    CHECKING = "checking", msg("To be checked by the office")
    CLOSED = "closed", msg("Request closed")
    WITHDRAWN = "withdrawn", msg("Request withdrawn")


class SupportLevel(Word):
    """How high a request was raised."""

    AGENCIES = "agencies", msg("Agencies of the division")
    LEADERS = "leaders", msg("Leaders of the division")
    ABOVE = "above", msg("The level above")


class Satisfaction(Word):
    """How an enterprise rates an answer."""

    SATISFIED = "satisfied", msg("Satisfied")
    BASICALLY = "basically", msg("Basically satisfied")
    NOT = "not", msg("Not satisfied")


class CheckVerdict(Word):
    """What the office found when it checked a request."""

    SETTLED = "settled", msg("Settled indeed")
    NOT_SETTLED = "not_settled", msg("Not settled")


class IssueSource(Word):
    """Where a line of the issue register comes from."""

    REQUEST = "request", msg("Request of an enterprise")
    COMMON = "common", msg("Common issue")
    FINDING = "finding", msg("Found on a visit")
    BOTTLENECK = "bottleneck", msg("Bottleneck of a project")


class AgeBand(Word):
    """For how long an issue is open."""

    WEEK = "week", msg("Up to 7 days")
    MONTH = "month", msg("8 to 30 days")
    QUARTER = "quarter", msg("31 to 90 days")
    LONGER = "longer", msg("More than 90 days")


class ReliefVerb(Word):
    """Acts of this room, as the audit chain and the stories name them."""

    RECEIVE = "receive_request", msg("entered the request")
    EDIT = "edit_request", msg("corrected the request")
    ALERT = "alert_agency", msg("alerted the agency that must act at once")
    ASSIGN = "assign_request", msg("assigned the request")
    CONTACT = "contact_enterprise", msg("called the enterprise")
    ANSWER = "answer_request", msg("answered the enterprise")
    RETURN = "return_answer", msg("returned the answer for more work")
    RATE = "rate_answer", msg("rated the answer")
    REOPEN = "reopen_request", msg("reopened the request")
    LAPSE = "lapse_rating", msg("closed the request without a rating")
    RAISE = "raise_request", msg("raised the request to a higher level")
    GATHER = "gather_requests", msg("gathered requests into a common issue")
    DRAW = "draw_checks", msg("drew requests to be checked")
    CHECK = "check_request", msg("checked the request")
    WITHDRAW = "withdraw_request", msg("withdrew the request")
    EXPORT = "export_issues", msg("exported the issue register")


# What the values in a line of the audit chain are.
FIELDS = {
    "agency": msg("Agency"),
    "amount_owed": msg("Amount owed, yuan"),
    "answer": msg("Answer to the enterprise"),
    "channel": msg("How it came"),
    "contact_name": msg("Contact"),
    "contact_phone": msg("Telephone"),
    "content": msg("What is asked for"),
    "count": msg("How many"),
    "enterprise": msg("Enterprise"),
    "files": msg("Files"),
    "filter": msg("Filters"),
    "issue": msg("Common issue"),
    "kind": msg("Kind"),
    "lead": msg("Lead agency"),
    "level": msg("Raised to"),
    "location": msg("Where"),
    "number": msg("Number"),
    "owed_since_on": msg("Owed since"),
    "agreed_rate": msg("Agreed yearly rate, %"),
    "population": msg("Drawn from"),
    "rows": msg("Rows"),
    "satisfaction": msg("How it was solved"),
    "seed": msg("Seed of the draw"),
    "supporting": msg("Supporting agencies"),
    "state": msg("State"),
    "told_by_phone": msg("Told on the telephone"),
    "verdict": msg("Result of the check"),
    "wished_on": msg("Wished by"),
}
# The words that some of them hold.
VALUES: dict[str, tuple[type[Word], ...]] = {
    "channel": (SupportChannel,),
    "kind": (SupportKind,),
    "level": (SupportLevel,),
    "satisfaction": (Satisfaction,),
    "state": (SupportState,),
    "verdict": (CheckVerdict,),
}
# What the records are called that the lines are about.
RECORDS = {
    "relief.supportrequest": msg("Support request"),
    "relief.commonissue": msg("Common issue"),
    "relief.checkdraw": msg("Draw of checks"),
}
