"""A day of telegrams from the locomotives of a depot, in a database that lives as long as the day."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "depot.settings")
django.setup()

from depot import models, receiver  # noqa: E402
from depot.telegrams import telegrams  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402


def day(count):
    with connection.schema_editor() as editor:
        editor.create_model(models.Locomotive)
    numbers = receiver.open_fleet(44)
    for number, kilometres, state in telegrams(numbers, count):
        if number == numbers[0]:
            reset_queries()
        receiver.save_state(number, kilometres, state)
    return receiver.in_workshop()


if __name__ == "__main__":
    print(day(3_600))
