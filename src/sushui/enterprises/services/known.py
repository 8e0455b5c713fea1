"""What a division has that an enterprise may name, read once however many are entered; drafts checked against it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from sushui.enterprises.enums import EnterpriseStatus, LegalForm
from sushui.enterprises.models import Cluster, Enterprise
from sushui.enterprises.rules.names import name_key
from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of
from sushui.kernel.official_codes import CodeFlaw, clean_code, credit_code_flaw
from sushui.kernel.requirements import require_amount, require_industry, require_text
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.queries import agencies, division_tree


@dataclass(frozen=True)
class EnterpriseDraft:
    """What the register is to say of an enterprise; what nobody has said stays empty. Money is yuan.

    ``is_code_confirmed``: a person confirmed the code though something is odd about it.
    """

    name: str
    code: str = ""
    former_names: tuple[str, ...] = ()
    legal_form: LegalForm | None = None
    industry_code: str = ""
    cluster_id: int | None = None
    agency_id: int | None = None
    place_id: int | None = None
    zone_id: int | None = None
    address: str = ""
    established_on: date | None = None
    registered_capital: Decimal | None = None
    has_qualification: bool | None = None
    note: str = ""
    status: EnterpriseStatus = EnterpriseStatus.OPERATING
    status_on: date | None = None
    is_code_confirmed: bool = False


LONGEST_CODE = 18  # signs that the register keeps
ENTERED_ONLY = frozenset({"status", "status_on", "is_code_confirmed"})
DRAFT_FIELDS = tuple(each.name for each in fields(EnterpriseDraft) if each.name not in ENTERED_ONLY)


class Known:
    """What the viewer's own division has."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._agencies = set(agencies(viewer).filter(division_id=viewer.division_id).values_list("pk", flat=True))
        self._clusters = set(Cluster.objects.filter(division_id=viewer.division_id).values_list("pk", flat=True))
        divisions = [row.division for row in division_tree(viewer)]
        self._places = {row.pk for row in divisions}
        self._zones = {row.pk for row in divisions if row.level is DivisionLevel.ZONE}
        self._names = [row.name for row in divisions]
        self._taken: dict[str, str] = {}

    def learn_codes(self, codes: set[str]) -> None:
        """Read who has these codes already; one query."""
        rows = Enterprise.objects.filter(division_id=self._viewer.division_id, code__in=codes - {""})
        self._taken.update(rows.values_list("code", "name"))

    def key(self, name: str) -> str:
        """The name as names are compared here, without the places of this division."""
        return name_key(name, self._names)

    def require(self, draft: EnterpriseDraft) -> None:
        """Agency, cluster, place and zone are of the own division.

        Raises:
            DomainError: ``elsewhere``.
        """
        named = (
            (draft.agency_id, self._agencies),
            (draft.cluster_id, self._clusters),
            (draft.place_id, self._places),
            (draft.zone_id, self._zones),
        )
        if any(number and number not in known for number, known in named):
            raise DomainError(
                "elsewhere",
                _("An agency, cluster, place or zone named here is not of this division."),
                _("Choose one of the list."),
            )

    def take(self, code: str, name: str) -> None:
        """Let an enterprise have a code that none has.

        Raises:
            DomainError: ``code_taken``.
        """
        if code in self._taken:
            raise DomainError(
                "code_taken",
                _("Credit code %(typed)s is already that of “%(name)s”."),
                _("Open that enterprise, or correct the code."),
                typed=code,
                name=self._taken[code],
            )
        if code:
            self._taken[code] = name


def code_flaw(code: str) -> CodeFlaw | None:
    """What is odd about a credit code as it is typed; an empty one is not odd."""
    return credit_code_flaw(clean_code(code)) if code.strip() else None


def checked(known: Known, draft: EnterpriseDraft) -> dict[str, Any]:
    """The columns of the enterprise as they are to be; refuses what cannot be.

    Raises:
        DomainError: ``text_missing``, ``code_odd``, ``elsewhere``, ``no_such_industry``, ``amount_below_zero``,
            ``amount_too_large``.
    """
    values: dict[str, Any] = {name: getattr(draft, name) for name in DRAFT_FIELDS}
    values["name"] = require_text(draft.name, "Name of the enterprise")
    values["name_key"] = known.key(values["name"])
    values["code"] = clean_code(draft.code)
    values["former_names"] = [name.strip() for name in draft.former_names if name.strip()]
    values["legal_form"] = draft.legal_form or ""
    values["code_flaw"] = _confirmed_flaw(draft, values["code"])
    known.require(draft)
    require_industry(draft.industry_code)
    require_amount(draft.registered_capital)
    return values


def _confirmed_flaw(draft: EnterpriseDraft, code: str) -> str:
    flaw = code_flaw(code)
    if flaw is not None and (not draft.is_code_confirmed or len(code) > LONGEST_CODE):
        raise DomainError(
            "code_odd",
            _("Code %(typed)s: %(flaw)s"),
            _("Compare it with the document. If it stands there so, confirm it."),
            typed=code,
            flaw=label_of(flaw),
            field="code",
        )
    return flaw or ""
