import itertools
import time
from email.message import EmailMessage

DOMAINS = ("post.example", "mail.example", "slow.example")


def numbers():
    """What the billing run puts on the queue."""
    for number in itertools.count(70_001):
        time.sleep(0.003)
        yield number


def printed(number):
    """The invoice as the print shop makes it: a page, mostly picture."""
    line = bytes((number * step) % 251 for step in range(1, 480))
    return b"%PDF-1.7\n" + line * 300 + b"\n%%EOF\n"


def mail(number):
    message = EmailMessage()
    message["From"] = "invoices@power.example"
    message["To"] = f"customer{number}@{DOMAINS[number % 3]}"
    message["Subject"] = f"Your invoice {number}"
    message.set_content("Dear customer,\n\nplease find your invoice attached.\n")
    message.add_attachment(printed(number), maintype="application", subtype="pdf", filename=f"{number}.pdf")
    return message
