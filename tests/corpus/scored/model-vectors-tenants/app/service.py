"""Finds out which department a message is for: each customer has departments of his own."""

from messages import messages
from routing import Router

CUSTOMERS = ("bakery", "library", "theatre", "council", "hospital")


class Service:
    def __init__(self):
        self._routers = {}

    def department(self, customer, text):
        router = self._routers.get(customer)
        if router is None:
            router = self._routers[customer] = Router(customer)
        return router.department(text)


if __name__ == "__main__":
    service = Service()
    counts = {}
    for number, text in messages(900):
        found = service.department(CUSTOMERS[number % len(CUSTOMERS)], text)
        counts[found] = counts.get(found, 0) + 1
    print(counts)
