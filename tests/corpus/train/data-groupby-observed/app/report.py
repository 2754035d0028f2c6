def sums(receipts):
    grouped = receipts.groupby(["shop", "article"], observed=True)
    return grouped["amount"].sum().reset_index()
