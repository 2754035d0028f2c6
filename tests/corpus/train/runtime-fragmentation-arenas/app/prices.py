import time


def read_sheets(supplier, articles):
    """Every sheet, and what the catalogue shows of every twelfth."""
    sheets, shown = [], []
    for number in range(articles):
        sheet = f"{supplier} {number}".encode().ljust(18_000, b".")
        sheets.append(sheet)
        if number % 12 == 0:
            shown.append(excerpt_of(sheet))
    return sheets, shown


def excerpt_of(sheet):
    return sheet[:700]


def check(sheets):
    time.sleep(0.002)
    if len({sheet[:30] for sheet in sheets}) != len(sheets):
        raise ValueError("an article is listed twice")
