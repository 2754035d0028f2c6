from mailing import invoices, relay
from mailing.outbox import Outbox


def work(outbox):
    for number in invoices.numbers():
        outbox.send(invoices.mail(number))
    outbox.idle()


def main():
    server = relay.start()
    work(Outbox(server.server_address))


main()
