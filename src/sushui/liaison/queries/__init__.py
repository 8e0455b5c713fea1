"""Every read of liaison, viewer first. ``visible_liaisons`` and ``visible_visits`` are the walls."""

from sushui.liaison.queries.leaders import LeaderCount, leader_counts
from sushui.liaison.queries.liaisons import (
    LiaisonFilter,
    lapses,
    liaison_for,
    liaisons_at_post,
    light_counts,
    list_for,
    open_lists,
    own_liaisons,
    visible_liaisons,
)
from sushui.liaison.queries.lights import LiaisonRow, intervals_of, liaison_rows, light_condition
from sushui.liaison.queries.names import post_label
from sushui.liaison.queries.standing import standing_leaders
from sushui.liaison.queries.subjects import (
    SubjectFilter,
    SubjectLiaison,
    SubjectRow,
    liaison_subjects,
    stood_by_ids,
    subject_for,
    subject_liaison,
    subject_rows,
    visitable_subjects,
)
from sushui.liaison.queries.visiting import (
    FindingRow,
    VisitFilter,
    finding_rows,
    open_findings,
    photos_of,
    visible_visits,
    visit_for,
    visit_of_order,
    visits,
)

__all__ = [
    "FindingRow",
    "LeaderCount",
    "LiaisonFilter",
    "LiaisonRow",
    "SubjectFilter",
    "SubjectLiaison",
    "SubjectRow",
    "VisitFilter",
    "finding_rows",
    "intervals_of",
    "lapses",
    "leader_counts",
    "liaison_for",
    "liaison_rows",
    "liaison_subjects",
    "liaisons_at_post",
    "light_condition",
    "light_counts",
    "list_for",
    "open_findings",
    "open_lists",
    "own_liaisons",
    "photos_of",
    "post_label",
    "standing_leaders",
    "stood_by_ids",
    "subject_for",
    "subject_liaison",
    "subject_rows",
    "visible_liaisons",
    "visible_visits",
    "visit_for",
    "visit_of_order",
    "visitable_subjects",
    "visits",
]
