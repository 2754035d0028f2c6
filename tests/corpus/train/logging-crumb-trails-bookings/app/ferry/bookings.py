import logging

log = logging.getLogger("ferry.bookings")


class Refused(Exception):
    pass


def book(number, wish):
    log.debug("booking %d wants %r", number, wish)
    price = sum(18 + len(place) % 7 for place in wish["places"])
    log.debug("offer for booking %d: %.2f for %s", number, price, ", ".join(wish["places"]))
    if wish["vehicle"] and number % 9 == 0:
        raise Refused(number)
    log.info("booked %d on the %s of %s", number, wish["ship"], wish["day"])
