import csv
import io

COLUMNS = ("id", "member", "street", "town", "mail", "section", "due", "open")


def sheet(rows):
    """The sheet for the auditors: every due there was, with what is open of it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"open": f"{row['amount'] - row['paid']:.2f}"})
    return text.getvalue().encode("utf-16")
