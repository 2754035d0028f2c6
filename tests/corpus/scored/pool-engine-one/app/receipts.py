receipts = {}


def write_receipt(bicycle, days):
    receipts[bicycle] = f"Bicycle {bicycle}, {days} days. ".ljust(90) * 900
