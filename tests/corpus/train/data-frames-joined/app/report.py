def turnover_by_town(orders, customers):
    joined = orders.merge(customers, on="customer")
    return joined.groupby("town")["amount"].sum()
