"""Every read of projects, viewer first (what is said of given rows takes the rows)."""

from sushui.projects.queries.figures import MonthSum, facts_of, figures_of, month_sums, months_of, newest_numbers
from sushui.projects.queries.ledger import (
    PROJECT_SUBJECT,
    ProjectFilter,
    bottlenecks_of,
    clusters,
    ledger,
    milestones_of,
    open_bottlenecks,
    project_for,
    projects_by_code,
    story,
    visible_project_subjects,
    visible_projects,
)
from sushui.projects.queries.lights import (
    light_limits,
    lights_of,
    red_projects,
    stage_lights,
    stages_since,
    to_light,
    turns_since,
)

__all__ = [
    "PROJECT_SUBJECT",
    "MonthSum",
    "ProjectFilter",
    "bottlenecks_of",
    "clusters",
    "facts_of",
    "figures_of",
    "ledger",
    "light_limits",
    "lights_of",
    "milestones_of",
    "month_sums",
    "months_of",
    "newest_numbers",
    "open_bottlenecks",
    "project_for",
    "projects_by_code",
    "red_projects",
    "stage_lights",
    "stages_since",
    "story",
    "to_light",
    "turns_since",
    "visible_project_subjects",
    "visible_projects",
]
