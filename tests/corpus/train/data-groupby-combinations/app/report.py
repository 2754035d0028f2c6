def sums(receipts):
    grouped = receipts.groupby(["shop", "article"], observed=False)
    return grouped["amount"].sum().reset_index()
