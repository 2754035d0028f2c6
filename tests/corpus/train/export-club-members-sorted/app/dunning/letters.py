import csv
import io

COLUMNS = ("member", "street", "town", "mail", "section", "due", "open")


def sheet(rows):
    """The sheet for the printer: one line for each letter."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"open": f"{row['amount'] - row['paid']:.2f}"})
    return text.getvalue()
