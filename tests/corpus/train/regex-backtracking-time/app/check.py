import re


def valid(address):
    return re.match(r"^(\w+\.?)+@(\w+\.)+\w+$", address) is not None
