import time
from email.message import EmailMessage

DOMAINS = ("post.example", "mail.example", "slow.example")


class Letterheads:
    """The page that lies under the invoice, one for each town that has a supplier of its own."""

    def __init__(self, towns):
        self._pages = {town: self._drawn(town) for town in range(towns)}

    def _drawn(self, town):
        line = bytes((x * (town + 3)) % 256 for x in range(1_240))
        return line * 640

    def under(self, number):
        page = self._pages[number % len(self._pages)]
        return page[: 1_240 * 110]


def numbers(count):
    """What the billing run puts on the queue."""
    for number in range(70_001, 70_001 + count):
        time.sleep(0.003)
        yield number


def mail(number, letterheads):
    message = EmailMessage()
    message["From"] = "invoices@power.example"
    message["To"] = f"customer{number}@{DOMAINS[number % 3]}"
    message["Subject"] = f"Your invoice {number}"
    message.set_content("Dear customer,\n\nplease find your invoice attached.\n")
    page = b"%PDF-1.7\n" + letterheads.under(number) + b"\n%%EOF\n"
    message.add_attachment(page, maintype="application", subtype="pdf", filename=f"{number}.pdf")
    return message
