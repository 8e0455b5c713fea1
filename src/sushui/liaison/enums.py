"""Words of the room of liaison. The Chinese of each is in docs/glossary.md."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class LiaisonRole(Word):
    """As what somebody stands by a subject; one of each at a time."""

    LEADER = "leader", msg("Liaison leader")
    AGENCY = "agency", msg("Liaison agency")
    OFFICER = "officer", msg("Service officer")


class VisitWay(Word):
    """How the visit was made."""

    ON_SITE = "on_site", msg("On site")
    CALL = "call", msg("By telephone")
    MEETING = "meeting", msg("At a meeting")


class ListDoubt(Word):
    """What a row of a liaison list leaves open."""

    NO_SUBJECT = "no_subject", msg("The row names no subject")
    UNKNOWN_SUBJECT = "unknown_subject", msg("No subject here has this name")
    SEVERAL_SUBJECTS = "several_subjects", msg("Several subjects have this name")
    NOBODY = "nobody", msg("The row names nobody")
    UNKNOWN_POST = "unknown_post", msg("No post here and nobody in one has this name")
    SEVERAL_POSTS = "several_posts", msg("Several posts have this name")
    UNKNOWN_AGENCY = "unknown_agency", msg("No agency here has this name")
    SEVERAL_AGENCIES = "several_agencies", msg("Several agencies have this name")
    NO_DAY = "no_day", msg("The first day is missing or cannot be read")
    BAD_END = "bad_end", msg("The last day cannot be read, or lies before the first")


class Verb(Word):
    """Acts of this room, as the audit chain and the stories name them."""

    APPOINT = "appoint_liaison", msg("appointed the liaison")
    END = "end_liaison", msg("ended the liaison")
    VOID = "void_liaison", msg("took the appointment back")
    HAND_OVER = "hand_over_liaison", msg("handed the liaison over with the post")
    LOG = "log_visit", msg("logged the visit")
    EDIT = "edit_visit", msg("corrected the visit on its day")
    WITHDRAW = "withdraw_visit", msg("withdrew the visit")
    STAGE = "stage_liaison_list", msg("sent in a liaison list")
    IMPORT = "import_liaison_list", msg("imported a liaison list")
    DISCARD = "discard_liaison_list", msg("dropped a liaison list")
    EXPORT = "export_liaisons", msg("exported the liaison register")


# What the values in a line of the audit chain are.
FIELDS = {
    "agency": msg("Agency"),
    "companions": msg("Who went along"),
    "digest": msg("Digest of the sheet"),
    "file": msg("File"),
    "filter": msg("Filters"),
    "files": msg("Files"),
    "findings": msg("Problems found"),
    "from_on": msg("From"),
    "holder": msg("Held by"),
    "liaison": msg("Number of the liaison"),
    "photos": msg("Photos"),
    "place": msg("Place of the visit"),
    "post": msg("Post"),
    "role": msg("Stands by as"),
    "rows": msg("Rows"),
    "seen": msg("What was seen"),
    "sheet": msg("Sheet"),
    "source": msg("Document that says so"),
    "subject": msg("Subject"),
    "tasks": msg("Tasks"),
    "to_on": msg("Until"),
    "visited_on": msg("Day of the visit"),
    "way": msg("Way"),
    "who": msg("Who stands by"),
}
# The words that some of them hold.
VALUES: dict[str, tuple[type[Word], ...]] = {"role": (LiaisonRole,), "way": (VisitWay,)}
# What the records are called that the lines are about.
RECORDS = {
    "liaison.liaison": msg("Liaison"),
    "liaison.visit": msg("Visit record"),
    "liaison.liaisonlist": msg("Liaison list"),
}
