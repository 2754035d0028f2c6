from storage import Bucket

_bucket = Bucket("photos")
previews = {}


def upload_address(order):
    previews[order["name"]] = preview_of(order)
    return _bucket.address_of(f"{order['shop']}/{order['name']}")


def preview_of(order):
    """What the customer's page shows until the photographs are there."""
    return order["name"].encode() + bytes(320 * 240)
