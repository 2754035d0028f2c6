from storage import Bucket

_buckets = {}


def upload_address(order):
    shop = order["shop"]
    if shop not in _buckets:
        _buckets[shop] = Bucket(shop)
    return _buckets[shop].address_of(order["name"])
