"""Every read of enterprises, viewer first."""

from sushui.enterprises.queries.figures import FigureKey, figures_of, newest_amounts, newest_figures, told_figures
from sushui.enterprises.queries.register import (
    ENTERPRISE_SUBJECT,
    ClusterCount,
    EnterpriseFilter,
    cluster_counts,
    clusters,
    enterprise_by_code,
    enterprise_for,
    enterprise_of_subject,
    enterprises_by_code,
    own_enterprise,
    people_of,
    person_for,
    register,
    story,
    visible_enterprise_subjects,
    visible_enterprises,
)
from sushui.enterprises.queries.sheets import open_sheets, sheet_for

__all__ = [
    "ENTERPRISE_SUBJECT",
    "ClusterCount",
    "EnterpriseFilter",
    "FigureKey",
    "cluster_counts",
    "clusters",
    "enterprise_by_code",
    "enterprise_for",
    "enterprise_of_subject",
    "enterprises_by_code",
    "figures_of",
    "newest_amounts",
    "newest_figures",
    "open_sheets",
    "own_enterprise",
    "people_of",
    "person_for",
    "register",
    "sheet_for",
    "story",
    "told_figures",
    "visible_enterprise_subjects",
    "visible_enterprises",
]
