from mailing import invoices, relay
from mailing.outbox import Outbox


def work(outbox, letterheads):
    for number in invoices.numbers(600):
        outbox.send(invoices.mail(number, letterheads))


def main():
    server = relay.start()
    outbox = Outbox(server.server_address, "spool")
    work(outbox, invoices.Letterheads(towns=36))
    server.shutdown()
    print(outbox.sent, outbox.put_off)


main()
