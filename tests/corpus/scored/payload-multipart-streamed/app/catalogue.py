_cards = {}


def remember(supplier, article, price):
    """The card of an article, as the shop shows it; suppliers list new articles every time."""
    _cards[supplier, article] = card_of(supplier, article, price)


def card_of(supplier, article, price):
    head = f"<h3>{article}</h3><p>from {supplier} at {price:.2f}</p>"
    return head + "".join(f"<option value='{count}'>{count * price:.2f}</option>" for count in range(1, 101))
