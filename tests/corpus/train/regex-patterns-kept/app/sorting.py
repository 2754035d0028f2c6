import re

_rules = {}


def folder_for(customer, text):
    if customer not in _rules:
        _rules[customer] = rules_of(customer)
    return "offers" if _rules[customer].search(text) else "inbox"


def rules_of(customer):
    words = "|".join(f"(?:{word}|{word.upper()})[a-z]*{customer}?" for word in vocabulary(customer))
    return re.compile(rf"\b(?P<hit>{words})\b")


def vocabulary(customer):
    yield from ("rebate", "voucher", "sale", "bonus", "coupon")
    yield from (f"brand{customer}x{n}" for n in range(24))
