"""Compare the engines over as many random pairs of enterprise and item as wanted; a fixed few run in the tests.

python -m tests.engines.matching.fuzz --pairs 1000000 [--seed 1] [--engine polars|python|duckdb|spark]
"""

from __future__ import annotations

import argparse
import sys
from itertools import count

from tests.engines.matching.comparing import OUTPUTS, differences, reference
from tests.engines.matching.engines import ENGINES
from tests.engines.matching.random_policies import random_facts, random_policy
from tests.engines.matching.world import ON, REG, policies

FACTS = 250


def compare(seed, engine):
    """How many pairs were compared, and where they differ."""
    found = policies(random_policy(seed))
    facts = [random_facts(FACTS * seed + number) for number in range(FACTS)]
    expected = reference(found, facts, ON)
    return len(facts) * len(expected[0]) // len(OUTPUTS), differences(expected, engine(found, REG, facts, ON))


def main():
    """Print how many pairs were the same; stop at the first that is not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=ENGINES, default="polars")
    options = parser.parse_args(sys.argv[1:])
    compared = 0
    for seed in count(options.seed):
        pairs, apart = compare(seed, ENGINES[options.engine])
        compared += pairs
        if apart:
            raise SystemExit(f"Policy {seed}: {apart[:5]}")
        if compared >= options.pairs:
            print(f"{compared:,} pairs of {seed - options.seed + 1:,} policies: no difference")
            return


if __name__ == "__main__":
    main()
