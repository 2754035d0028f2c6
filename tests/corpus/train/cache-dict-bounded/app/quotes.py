import hashlib
from collections import OrderedDict

MOST_QUOTES = 400
_quote_cache = OrderedDict()


def quote_for(product, day):
    key = f"{product}:{day}"
    if key in _quote_cache:
        _quote_cache.move_to_end(key)
        return _quote_cache[key]
    quote = _quote_cache[key] = render_quote(product, day)
    if len(_quote_cache) > MOST_QUOTES:
        _quote_cache.popitem(last=False)
    return quote


def render_quote(product, day):
    seed = hashlib.sha256(f"{product}{day}".encode()).hexdigest()
    lines = [f"{seed[i % 60 :]} {product} x {i}" for i in range(300)]
    return "\n".join(lines)
