"""The table of what each difference means."""

from __future__ import annotations

import inspect

from scripts.changes import operation, rules, schemas

SCHEMAS = ("parameter", "request", "response")


def test_no_difference_has_two_verdicts() -> None:
    assert len({rule[:3] for rule in rules.RULES}) == len(rules.RULES)


def test_what_a_schema_says_is_judged_wherever_it_stands() -> None:
    """Only these differ by nature: what is sent is widened, what is received narrowed; no default is received."""
    by_nature = {"default", "content", "required", "name", "parameter", "requestBody", "responses", "headers"}
    for rule in rules.RULES:
        if rule.where in SCHEMAS and rule.keyword not in by_nature:
            found = {other.where for other in rules.RULES if other.keyword == rule.keyword}
            assert found == set(SCHEMAS), rule


def test_the_kind_of_a_difference_in_a_schema_says_where_it_stands() -> None:
    for rule in rules.RULES:
        if rule.keyword in ("type", "null", "format", "enum", "limit", "pattern", "properties", "alternatives"):
            assert rule.kind.startswith(f"{rule.where}-"), rule


def test_every_keyword_of_the_table_is_compared() -> None:
    code = inspect.getsource(operation) + inspect.getsource(schemas)
    for keyword in {rule.keyword for rule in rules.RULES} - {"operation", "operationId", "summary", "description"}:
        assert f'finding("{keyword}"' in code, keyword
