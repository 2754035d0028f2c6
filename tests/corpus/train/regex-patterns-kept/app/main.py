"""Sorts incoming mail by the rules that each customer has written."""

from mail import letters
from sorting import folder_for


def serve():
    return sum(folder_for(customer, text) == "offers" for customer, text in letters())


if __name__ == "__main__":
    print(serve())
