"""Rings a bell at the hour that each guest of a hotel asked for, and writes the bill."""

from bells import order_bell
from bills import bill
from guests import guests


def serve():
    bills = []
    for guest, hour in guests(150):
        order_bell(guest, hour).join()
        bills.append(bill(guest))
    return bills


if __name__ == "__main__":
    bills = serve()
    print(len(bills))
