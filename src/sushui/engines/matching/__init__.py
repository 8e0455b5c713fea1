"""Support policies matched clause by clause: what an enterprise gets, may claim, nearly gets, and what to ask it.

`load_registry` and `load_policies` read fields and policies written as YAML and refuse what cannot be meant; `evaluate`
matches one enterprise with every item in force on a day: the reference of every other engine here. What is missing is
unknown, never zero or false. Money is whole 分, rates are exact. Refusals are `MatchingError` codes.

The language and the formulas: docs/algorithms/matching.md.
"""

from .cases import Case, Difference, Expected, load_cases, run_case
from .errors import MatchingError, Refusal
from .evaluating import (
    AtomResult,
    Bounds,
    Evaluation,
    InstalmentResult,
    ItemResult,
    Status,
    Trace,
    evaluate,
    split_by_level,
)
from .facts import Facts, facts_of
from .intervals import Interval
from .loading import load_policies, load_policy
from .policy import Atom, AtomKind, Cap, Instalment, Item, Policy, PolicySet, Relation, RelationKind, Version
from .registry import Field, Kind, Parameter, Registry, load_registry
from .settling import Payment, Reason, Settlement, settle

__all__ = [
    "Atom",
    "AtomKind",
    "AtomResult",
    "Bounds",
    "Cap",
    "Case",
    "Difference",
    "Evaluation",
    "Expected",
    "Facts",
    "Field",
    "Instalment",
    "InstalmentResult",
    "Interval",
    "Item",
    "ItemResult",
    "Kind",
    "MatchingError",
    "Parameter",
    "Payment",
    "Policy",
    "PolicySet",
    "Reason",
    "Refusal",
    "Registry",
    "Relation",
    "RelationKind",
    "Settlement",
    "Status",
    "Trace",
    "Version",
    "evaluate",
    "facts_of",
    "load_cases",
    "load_policies",
    "load_policy",
    "load_registry",
    "run_case",
    "settle",
    "split_by_level",
]
