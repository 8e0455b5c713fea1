"""Support policies matched clause by clause: what an enterprise gets, may claim, nearly gets, and what to ask it.

`load_registry` and `load_policies` read fields and policies written as YAML and refuse what cannot be meant; `evaluate`
matches one enterprise with every item in force on a day: the reference of every other engine here. What is missing is
unknown, never zero or false. Money is whole 分, rates are exact. `settle` pays under exclusions and shared caps;
`near_misses`, `questions`, `certificate` and `lint` say what to do about it. Refusals are `MatchingError` codes.

For many enterprises at once there are `in_polars.Program` over `tables`, `whatif`, and `in_sql`; for one enterprise and
hundreds of policies `in_python.Quick`. These are modules of their own: a page that needs one result loads none of them.

The language and the formulas: docs/algorithms/matching.md.
"""

from .asking import Certificate, Question, certificate, questions
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
from .linting import Finding, Oddity, lint
from .loading import load_policies, load_policy
from .near import Change, NearMiss, near_misses
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
    "Certificate",
    "Change",
    "Difference",
    "Evaluation",
    "Expected",
    "Facts",
    "Field",
    "Finding",
    "Instalment",
    "InstalmentResult",
    "Interval",
    "Item",
    "ItemResult",
    "Kind",
    "MatchingError",
    "NearMiss",
    "Oddity",
    "Parameter",
    "Payment",
    "Policy",
    "PolicySet",
    "Question",
    "Reason",
    "Refusal",
    "Registry",
    "Relation",
    "RelationKind",
    "Settlement",
    "Status",
    "Trace",
    "Version",
    "certificate",
    "evaluate",
    "facts_of",
    "lint",
    "load_cases",
    "load_policies",
    "load_policy",
    "load_registry",
    "near_misses",
    "questions",
    "run_case",
    "settle",
    "split_by_level",
]
