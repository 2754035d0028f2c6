"""Every rule wins its own example, and rule files that make no sense are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.attribute import Rule, attribute, built_in_rules, load_rules
from forensics.errors import BadRules
from tests.stacks import profile

RULES = built_in_rules()
GOOD = """
[[rule]]
id = "our-store"
cause = "cache"
tier = "strong"
own = ["*:remember_order"]
why = "Orders are kept for the day."
example = "main > remember_order"
"""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_wins_its_own_example(rule: Rule) -> None:
    ledger = attribute(profile(f"{rule.example}  1 MiB", moment="peak"))
    assert (ledger.assignments["rule"].item(), ledger.assignments["cause"].item()) == (rule.id, rule.cause)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_why_in_a_sentence(rule: Rule) -> None:
    assert rule.why[0].isupper()
    assert rule.why.endswith(".")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('cause = "cache"|cause = "caches"', "'caches' is no cause"),
        ('cause = "cache"|cause = "unexplained"', "'unexplained' is no cause"),
        ('tier = "strong"|tier = "certain"', "'certain' is no tier"),
        ('tier = "strong"|', "has no 'tier'"),
        ('why = "Orders are kept for the day."|', "has no 'why'"),
        ('own = ["*:remember_order"]|', "has no patterns"),
        ('own = ["*:remember_order"]|own = "*:remember_order"', "must be a list of texts"),
        ('own = ["*:remember_order"]|own = ["*"]', "none of them empty or all wildcard"),
        ('own = ["*:remember_order"]|owns = ["x"]', "unknown key 'owns'"),
        ('id = "our-store"|id = 7', "'id' must be a text"),
        ('tier = "strong"|tier = "strong"\nat = "middle"', "'middle' is no at"),
        ("[[rule]]|[rule]", "must be [[rule]] tables"),
        ("[[rule]]|[[rules]]", "unknown key 'rules'"),
        ("[[rule]]|[[rule", "is not TOML"),
    ],
)
def test_a_bad_rule_file_is_refused_in_one_line(tmp_path: Path, change: str, complaint: str) -> None:
    old, new = change.split("|")
    file = tmp_path / "rules.toml"
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(BadRules) as caught:
        load_rules(file)
    assert complaint in str(caught.value)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(GOOD + GOOD)
    with pytest.raises(BadRules, match="two rules are called 'our-store'"):
        load_rules(file)


def test_a_missing_rule_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRules, match=r"rules\.toml: no such file"):
        load_rules(tmp_path / "rules.toml")


def test_rules_of_a_project_stand_in_its_pyproject(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(
        '[project]\nname = "x"\n[tool.forensics]\nown = ["*/plugins/*"]\n'
        + GOOD.replace("[[rule]]", "[[tool.forensics.rule]]")
    )
    rules = load_rules(file)
    assert ([rule.id for rule in rules.rules], rules.own) == (["our-store"], ("*/plugins/*",))


def test_a_rule_of_ones_own_is_asked_first(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(GOOD)
    held = profile("main > remember_order > json:loads > json.decoder:decode  9 MiB")
    assert attribute(held).table["cause"].iloc[0] == "payload"
    outranking = GOOD.replace("why =", 'outranks = ["payload"]\nwhy =')
    file.write_text(outranking)
    assert attribute(held, rules=load_rules(file).rules).table["cause"].iloc[0] == "cache"
