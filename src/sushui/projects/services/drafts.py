"""What the ledger is to say of a project, and the refusals of what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of
from sushui.kernel.months import month_of
from sushui.kernel.requirements import require_text
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agencies, division_tree
from sushui.projects.enums import CodeFlaw, FundingSource, ProjectLevel, ProjectSector
from sushui.projects.models import Project, ProjectCluster
from sushui.projects.rules.codes import clean_code, credit_code_flaw, project_code_flaw
from sushui.projects.services.steps import require_amount, require_industry

Funding = Mapping[tuple[int, FundingSource], Decimal]


@dataclass(frozen=True)
class ProjectDraft:
    """What the ledger is to say of a project; what nobody has said stays empty.

    ``funding``: planned money in yuan by (year, source), year 0 for the whole project. ``confirmed``: the codes
    (``code``, ``owner_code``) that a person confirmed though something is odd about them.
    """

    name: str
    code: str = ""
    content: str = ""
    owner_name: str = ""
    owner_code: str = ""
    industry_code: str = ""
    cluster_id: int | None = None
    level: ProjectLevel = ProjectLevel.OTHER
    sector: ProjectSector | None = None
    agency_id: int | None = None
    place_id: int | None = None
    place_text: str = ""
    total_investment: Decimal | None = None
    expected_output: Decimal | None = None
    expected_tax: Decimal | None = None
    area_mu: Decimal | None = None
    energy_tce: Decimal | None = None
    jobs: int | None = None
    planned_start_month: date | None = None
    planned_completion_month: date | None = None
    note: str = ""
    funding: Funding = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()


DRAFT_FIELDS = tuple(each.name for each in fields(ProjectDraft) if each.name not in {"funding", "confirmed"})


class Known:
    """What a division has that a project may name: read once, however many projects are entered."""

    def __init__(self, viewer: Viewer) -> None:
        own = viewer.division_id
        self._agencies = set(agencies(viewer).filter(division_id=own).values_list("pk", flat=True))
        self._clusters = set(ProjectCluster.objects.filter(division_id=own).values_list("pk", flat=True))
        self._places = {row.division.pk for row in division_tree(viewer)}
        rows = Project.objects.filter(division_id=own).exclude(code="")
        self._names_by_code = dict(rows.values_list("code", "name"))

    def require(self, draft: ProjectDraft) -> None:
        """Agency, cluster and place are of the own division.

        Raises:
            DomainError: ``elsewhere``.
        """
        named = (
            (draft.agency_id, self._agencies),
            (draft.cluster_id, self._clusters),
            (draft.place_id, self._places),
        )
        if any(number and number not in known for number, known in named):
            raise DomainError(
                "elsewhere",
                _("An agency, cluster or place named here is not of this division."),
                _("Choose one of the list."),
            )

    def take(self, code: str, name: str) -> None:
        """Let a project have a code that none has.

        Raises:
            DomainError: ``code_taken``.
        """
        if code in self._names_by_code:
            raise DomainError(
                "code_taken",
                _("Project code %(typed)s is already that of “%(name)s”."),
                _("Open that project, or correct the code."),
                typed=code,
                name=self._names_by_code[code],
            )
        if code:
            self._names_by_code[code] = name


def odd_codes(code: str, owner_code: str) -> dict[str, CodeFlaw]:
    """What is odd about the codes, by field; an empty code is not odd."""
    pairs = (("code", code, project_code_flaw), ("owner_code", owner_code, credit_code_flaw))
    found = {name: flaw_of(clean_code(text)) for name, text, flaw_of in pairs if text.strip()}
    return {name: flaw for name, flaw in found.items() if flaw is not None}


def checked(known: Known, draft: ProjectDraft) -> dict[str, Any]:
    """The columns of the project as they are to be; refuses what cannot be."""
    values = {name: getattr(draft, name) for name in DRAFT_FIELDS}
    values["name"] = require_text(draft.name, "Called")
    values["code"], values["owner_code"] = clean_code(draft.code), clean_code(draft.owner_code)
    values["sector"] = draft.sector or ""
    for name in ("planned_start_month", "planned_completion_month"):
        values[name] = month_of(values[name]) if values[name] else None
    for name in ("total_investment", "expected_output", "expected_tax", "area_mu", "energy_tce", "jobs"):
        require_amount(values[name])
    _refuse_odd(draft, values)
    known.require(draft)
    for amount in draft.funding.values():
        require_amount(amount)
    require_industry(draft.industry_code)
    return values


def _refuse_odd(draft: ProjectDraft, values: dict[str, Any]) -> None:
    flaws = odd_codes(draft.code, draft.owner_code)
    for name in ("code", "owner_code"):
        values[f"{name}_flaw"] = flaws.get(name, "")
    for name, flaw in flaws.items():
        if name not in draft.confirmed:
            raise DomainError(
                "code_odd",
                _("Code %(typed)s: %(flaw)s"),
                _("Compare it with the document. If it stands there so, confirm it."),
                typed=values[name],
                flaw=label_of(flaw),
                field=name,
            )
