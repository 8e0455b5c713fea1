"""Every way into the house, read from the route table itself: the pages' addresses and the API's operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from sushui.config.api import api

API = "/api"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|{(?:\w+:)?(\w+)}")
# What the parameters of addresses are numbers of.
KINDS = {
    "task_id": "task",
    "part_id": "part",
    "request_id": "request",
    "order_id": "order",
    "conclusion_id": "conclusion",
    "objection_id": "objection",
    "draft_id": "import",
    "sheet_id": "project_sheet",
    "project_id": "project",
    "milestone_id": "milestone",
    "received_id": "funds",
    "bottleneck_id": "bottleneck",
    "permit_step_id": "permit_step",
    "evidence_id": "evidence",
    "need_id": "need",
    "lead_id": "lead",
    "commitment_id": "commitment",
    "delivery_id": "delivery",
    "payment_id": "payment",
    "subject_id": "subject",
    "liaison_id": "liaison",
    "visit_id": "visit",
    "list_id": "liaison_list",
    "agency_id": "agency",
    "post_id": "post",
    "user_id": "person",
    "person_id": "person",
    "notice_id": "notice",
    "view_id": "saved_view",
    "token_id": "token",
    "division_id": "division",
    "delegation_id": "delegation",
    "object_id": "report",
    "attachment_id": "attachment",
    "version_id": "file_version",
    "portfolio_id": "portfolio",
    "list_version_id": "portfolio_version",
    "other_version_id": "portfolio_version",
    "entry_id": "portfolio_entry",
    "exchange_id": "exchange",
    "pool_id": "resource_pool",
    "money_id": "money_pool",
    "scenario_id": "scenario",
    "other_scenario_id": "scenario",
    "change_id": "scenario_change",
    "run_id": "run",
    "enterprise_id": "enterprise",
    "support_id": "support_request",
    "issue_id": "common_issue",
    "enterprise_person_id": "enterprise_person",
    "enterprise_sheet_id": "enterprise_sheet",
}
# Parameters that are words, each with one that there is.
WORDS = {
    "kind": "supervision.report",
    "key": "supervision.red_after_days",
    "channel": "email",
    "row_number": 3,
    "permit_path": "enterprise_filing",
    "permit_variant": "standard",
    "permit_version": 0,
    "stage": "planned",
    "year": 2026,
    "month": "2026-05-01",
    "on": "2026-05-02",
}
# What is asked of a page that shows nothing unasked.
QUERIES = {"desk:search": {"q": "MARK"}}


@dataclass(frozen=True)
class Route:
    """One row of the route table. ``access`` is the rule that the code itself carries, None where it forgot."""

    name: str
    method: str  # "ANY" for a page, which decides itself
    address: str  # "/supervision/tasks/{task_id}/"
    access: Any
    operation: Any = None

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"{(\w+)}", self.address))

    @property
    def is_api(self) -> bool:
        return self.operation is not None

    def at(self, **values: Any) -> str:
        return self.address.format(**values)


def all_routes() -> list[Route]:
    """Pages and operations, in the order of their addresses."""
    return sorted([*_pages(get_resolver(), "/", ""), *_operations()], key=lambda route: (route.address, route.method))


def _pages(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _pages(entry, address, inner)
        elif not _is_operation(entry):
            access = getattr(entry.callback, "access", None)
            yield Route(f"{namespace}{entry.name or address}", "ANY", _plain(address), access)


def _is_operation(entry: URLPattern) -> bool:
    """Operations of the API stand in the resolver too; `_operations` knows more about them."""
    return getattr(entry.callback, "__module__", "") == "ninja.operation"


def _operations() -> Iterator[Route]:
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                address = _plain(re.sub("/+", "/", f"{API}/{router.prefix}/{path}"))
                for method in operation.methods:
                    rules = {getattr(door, "access", None) for door in operation.auth_callbacks}
                    access = rules.pop() if len(rules) == 1 else None
                    yield Route(f"{method} {address}", method, address, access, operation)


def _plain(address: str) -> str:
    return _PARAMETER.sub(lambda found: "{" + (found[1] or found[2]) + "}", address)
