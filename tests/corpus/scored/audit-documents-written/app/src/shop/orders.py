import json

from shop.audit import audited


@audited("order taken")
def take_order(body):
    order = parse(body)
    total = sum(line["count"] * line["price"] for line in order["lines"])
    return {"order": order["order"], "total": total, "source": order}


def parse(body):
    return json.loads(body)
