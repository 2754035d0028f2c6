"""Statements of account: read, added up, bound for the printer."""

from bank import accounts
from statement import Statement


def month():
    pages = []
    for account in accounts(700):
        statement = Statement(account)
        if statement.total > 0 and account["iban"].endswith("0"):
            pages.append(statement.page)
    return bind(pages)


def bind(pages):
    sheet = b"".join(page.ljust(400_000) for page in pages)
    return len(sheet)


if __name__ == "__main__":
    print(month())
