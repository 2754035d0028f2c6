_months = {}


def keep(month, table):
    """Every month as the buyers see it, the shares of all in all beside the sums."""
    _months[month] = with_shares(table)


def with_shares(table):
    return table.assign(share=table["amount"] / table["amount"].sum(), rank=table["amount"].rank())


def total():
    return sum(float(table["amount"].sum()) for table in _months.values())
