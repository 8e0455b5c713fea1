"""YAML as data only: no aliases, no key twice, no tag that makes an object."""

from __future__ import annotations

import yaml

from .errors import NetworkError, Refusal

LONGEST = 200_000  # characters; the longest template that comes with the package has a tenth of it


def parse(text: str) -> object:
    """What a text says, as mappings, lists, words, numbers and dates.

    Raises `NetworkError`: TOO_LONG, NOT_YAML, ALIAS, TWICE_IN_MAPPING.
    """
    if len(text) > LONGEST:
        raise NetworkError(Refusal.TOO_LONG, limit=LONGEST)
    try:
        _refuse_tricks(yaml.compose(text, Loader=yaml.SafeLoader), set())
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NetworkError(Refusal.NOT_YAML, line=mark.line + 1 if mark else 0) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a date that no calendar has
        raise NetworkError(Refusal.NOT_YAML, line=0) from error


def _refuse_tricks(node: yaml.Node | None, seen: set[int]) -> None:
    """An aliased node is met twice; a long chain of them says billions of things in a few lines."""
    if isinstance(node, yaml.CollectionNode):
        if id(node) in seen:
            raise NetworkError(Refusal.ALIAS, line=node.start_mark.line + 1)
        seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_tricks(item, seen)
    if isinstance(node, yaml.MappingNode):
        names: set[str] = set()
        for name, value in node.value:
            if name.value in names if isinstance(name, yaml.ScalarNode) else False:
                raise NetworkError(Refusal.TWICE_IN_MAPPING, name=name.value, line=name.start_mark.line + 1)
            names.add(str(name.value))
            _refuse_tricks(value, seen)
