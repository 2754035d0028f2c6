def receipts(tables):
    kept = []
    for table in tables:
        total = table.groupby("customer")["amount"].sum()
        kept.append(total.to_string().ljust(220_000))
    return kept
