import pandas as pd


def takings(slips):
    table = pd.DataFrame({"till": slips[0], "amount": slips[1]})
    table["share"] = table["amount"] / table["amount"].sum()
    table["rank"] = table.groupby("till")["amount"].rank()
    return table.groupby("till")["amount"].sum().to_dict()
