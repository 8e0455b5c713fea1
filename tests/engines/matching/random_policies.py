"""Policies and facts drawn at random, for comparing engines: nulls, boundaries, leap days, rows, other items."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from sushui.engines.matching import Facts, facts_of
from tests.engines.matching.world import HEAD, REG

LEAP_DAYS = [date(2024, 2, 29), date(2020, 2, 29), date(2024, 1, 31), date(2023, 12, 31), date(2024, 3, 31)]
MONEY, COUNTS = ["revenue", "revenue_last_year", "profit", "equipment_investment"], ["staff", "graduates"]
CODES = {"scale": ["large", "medium", "small", "micro"], "industry": ["C26", "C2619", "C27", "I65"]}


class Writer:
    """Writes expressions of the language, not too deep."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.items: list[str] = []
        self.in_rows = False

    def pick(self, *options: str) -> str:
        return self.random.choice(options)

    def money(self, depth: int = 2) -> str:
        """An expression of money."""
        if depth == 0:
            field = self.pick(*MONEY, *(["principal"] * 3 if self.in_rows else []))
            return field if self.random.random() < 0.7 else self.pick("3元", "5万元", "0.07元", "100万元")
        one, other = self.money(depth - 1), self.money(depth - 1)
        forms = [
            f"({one} + {other})", f"({one} - {other})", f"min({one}, {other})", f"max({one}, {other})",
            f"{self.rate(depth - 1)} * {one}", f"if({self.test(depth - 1)}, {one}, {other})", f"above({one}, {other})",
            f"steps({one}, {self.pick('3元', '7万元')}) * 2元", f"{self.pick(*COUNTS)} * 300元/人", f"up_to({one})",
            f"ceil({one} / 3元) * 1元", f"min({one}, 5万元)", f"({one}) / 7", f"floor(({one}) / 9元) * 5元",
        ]  # fmt: skip
        if not self.in_rows:
            forms += [self.over_rows("sum", depth), self.over_rows("greatest", depth)]
            forms += [f"amount({item})" for item in self.items[-2:]]
        return self.random.choice(forms)

    def over_rows(self, name: str, depth: int) -> str:
        """A sum or the greatest over loans."""
        self.in_rows = True
        value = self.money(depth - 1) if name != "count" else ""
        where = self.test(depth - 1)
        self.in_rows = False
        shown = f"loans: {value}" if value else "loans"
        return f"{name}({shown} where {where})"

    def rate(self, depth: int) -> str:
        """A share; not a quotient inside rows, whose sums have no common denominator."""
        forms = ["10%", "0.5%", "layoff_rate", "33%", "lpr"]
        forms += ["rate", "at(lpr, signed_on)"] if self.in_rows else ["at(lpr, registered_on)"]
        if depth and not self.in_rows:
            forms += [
                f"({self.money(0)}) / ({self.money(0)})",
                "graduates / staff",
                "growth(revenue, revenue_last_year)",
            ]
        return self.random.choice(forms)

    def day(self, depth: int) -> str:
        """A date."""
        forms = ["registered_on", "leased_until", "today", "2024-02-29", *(["signed_on"] * 3 if self.in_rows else [])]
        base = self.random.choice(forms)
        shift = f"{base} {self.pick('+', '-')} {self.pick('1年', '1个月', '13个月', '30天', '4年')}"
        return self.random.choice([base, shift, f"year_start({base})", f"year_start({base}, 1)"]) if depth else base

    def test(self, depth: int = 2) -> str:
        """A test."""
        sign = self.pick("<", "<=", ">", ">=", "=", "!=")
        forms = [
            f"{self.money(min(depth, 1))} {sign} {self.money(min(depth, 1))}", f"profit {sign} 0",
            f"revenue {sign} 5万元",
            f"{self.day(depth)} {sign} {self.day(depth)}", f"staff {sign} {self.pick('0', '10人')}", "is_listed",
            f"months_between({self.day(0)}, {self.day(0)}) {sign} {self.pick('1年', '0')}", f"land {sign} 33.5亩",
            f"days_between({self.day(0)}, {self.day(0)}) {sign} 365天",
            f"scale in {{{self.pick('small', 'small, micro')}}}",
            f"industry in {{{self.pick('C26*', 'C26, I*')}}}", f"honors contains {self.pick('any', 'all')} {{甲, 乙}}",
            f"{self.rate(depth)} {sign} {self.pick('10%', '0', '100%')}",
        ]  # fmt: skip
        forms += ["is_repaid", "purpose = working"] if self.in_rows else []
        if depth:
            one, other = self.test(depth - 1), self.test(depth - 1)
            forms += [f"({one} and {other})", f"({one} or {other})", f"not ({one})"] * 2
            if not self.in_rows:
                forms += [f"{self.over_rows('count', depth)} {sign} {self.pick('1笔', '2笔')}"]
                forms += [f"granted({item})" for item in self.items[-2:]]
        return self.random.choice(forms)

    def atom(self) -> str:
        if self.random.random() < 0.1:
            return f'{{ambiguous: 读法, readings: ["{self.test(1)}", "{self.test(1)}"], cite: c}}'
        return f'{{test: "{self.test()}", cite: c}}' if self.random.random() < 0.95 else "{judge: 问, cite: c}"

    def conditions(self) -> str:
        atoms = [self.atom() for _ in range(self.random.randint(2, 4))]
        form = self.pick("all", "any", "none", "at_least")
        inner = f"at_least: 2, of: [{', '.join(atoms)}]" if form == "at_least" else f"{form}: [{', '.join(atoms)}]"
        return f"[{self.atom()}, {{{inner}}}]"

    def item(self, number: int) -> str:
        caps = f'caps: [{{limit: "{self.money(1)}", cite: c}}]\n    ' if self.random.random() < 0.5 else ""
        to = self.pick("", "round: {to: 元, mode: up}\n    ", "round: {to: 百元, mode: half_up}\n    ")
        written = (
            f"  - item: i{number}\n    name: 名\n    conditions: {self.conditions()}\n    {caps}{to}"
            f'benefit: {{amount: "{self.money()}", cite: c}}\n'
        )
        self.items.append(f"p.i{number}")
        return written


def random_policy(seed: int, items: int = 6) -> str:
    """A policy `p`, each item of which may ask for those before."""
    writer = Writer(seed)
    return f"{HEAD}items:\n" + "".join(writer.item(number) for number in range(items))


def random_facts(seed: int) -> Facts:
    """An enterprise of which something is missing, and much lies on a boundary."""
    random = Random(seed)
    fields = REG.fields
    given: dict[str, object] = {}
    for key, found in fields.items():
        if random.random() < 0.75:
            given[key] = _value(random, found) if found.kind.value != "rows" else _loans(random, found)
    answers = {key: random.random() < 0.5 for key in ("p.c2", "p.c3") if random.random() < 0.5}
    return facts_of(REG, given, answers)


def _loans(random, found):
    count = random.choice([0, 1, 1, 2, 3])
    return [
        {key: _value(random, column) for key, column in found.columns.items() if random.random() < 0.85}
        for _ in range(count)
    ]


def _value(random, found):
    kind = found.kind.value
    if kind == "money":
        value = random.choice([0, 1, 300, 5_000_000, 4_999_999, 700, random.randrange(10**9), 10**14])
        return -value if found.may_be_negative and random.random() < 0.5 else value
    if kind == "integer":
        return Fraction(random.choice([0, 1, 9, 10, 335, random.randrange(1000)])) * found.step
    if kind == "rate":
        return Fraction(random.choice([0, 100_000, 1_000_000, 34_500, random.randrange(10**6)]), 10**6)
    if kind == "date":
        return random.choice([*LEAP_DAYS, date(2019, 1, 1) + timedelta(random.randrange(2500))])
    if kind == "boolean":
        return random.random() < 0.5
    if kind == "code":
        return random.choice(found.codes or CODES["industry"])
    return [code for code in ("甲", "乙", "丙") if random.random() < 0.5]
