"""What enterprises register with the kernel: their kind of subject, words, files."""

from __future__ import annotations

from django.urls import reverse

from sushui.documents.services import TargetKind, register_target
from sushui.enterprises import nav
from sushui.enterprises.enums import FIELDS, RECORDS, VALUES, EnterpriseVerb
from sushui.enterprises.models import Enterprise
from sushui.enterprises.panels.sheet import FILES
from sushui.enterprises.permissions import may_report_enterprise_figures
from sushui.enterprises.queries import ENTERPRISE_SUBJECT, visible_enterprise_subjects, visible_enterprises
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.subjects import SubjectKind, register_kind
from sushui.kernel.words import msg


def _page(enterprise: Enterprise) -> str:
    return reverse("enterprises:enterprise", args=[enterprise.pk])


def connect() -> None:
    """Register the room."""
    register_kind(SubjectKind(ENTERPRISE_SUBJECT, msg("Enterprise"), visible_enterprise_subjects))
    register_verbs(EnterpriseVerb, FIELDS, VALUES)
    register_records(RECORDS)
    target = TargetKind(FILES, msg("Enterprise"), visible_enterprises, may_report_enterprise_figures, page=_page)
    register_target(target)
    nav.register()
