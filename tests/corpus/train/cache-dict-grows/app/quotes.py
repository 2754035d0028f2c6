import hashlib

_QUOTES = {}


def quote_for(product, day):
    key = f"{product}:{day}"
    if key not in _QUOTES:
        _QUOTES[key] = render_quote(product, day)
    return _QUOTES[key]


def render_quote(product, day):
    seed = hashlib.sha256(f"{product}{day}".encode()).hexdigest()
    lines = [f"{seed[i % 60 :]} {product} x {i}" for i in range(300)]
    return "\n".join(lines)
