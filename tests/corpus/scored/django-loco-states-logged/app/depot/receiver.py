from depot.models import Locomotive
from django.db.models import F


def open_fleet(count):
    numbers = [f"185 {number:03}" for number in range(count)]
    Locomotive.objects.bulk_create(Locomotive(number=number) for number in numbers)
    return numbers


def save_state(number, kilometres, state):
    """The latest state replaces the one before."""
    found = Locomotive.objects.filter(number=number)
    found.update(state=state, kilometres=F("kilometres") + kilometres)


def in_workshop():
    return [engine.number for engine in Locomotive.objects.iterator() if engine.due()]
