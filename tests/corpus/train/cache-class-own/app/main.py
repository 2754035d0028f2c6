"""An order book: every order writes what happened to it; the invoices of the day are printed at night."""

from invoices import print_all
from orders import Order


def serve():
    done = 0
    for number in range(1_500):
        order = Order(number)
        order.place()
        order.pay()
        order.ship()
        done += 1
    return done


if __name__ == "__main__":
    print(serve(), len(print_all(1_500)))
