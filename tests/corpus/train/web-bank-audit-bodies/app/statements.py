import random

from flask import Flask, Response

REASONS = ("rent", "groceries", "salary", "insurance", "books", "train fare")


def bookings(account, number=900):
    dice = random.Random(account)
    for index in range(number):
        yield f"{index:04d};{dice.choice(REASONS):<16};{dice.randint(-90_000, 120_000):>12};EUR\n"


def create_app():
    app = Flask("statements")

    @app.get("/statements/<int:account>")
    def statement(account):
        head = f"account;{account}\n"
        return Response(head + "".join(bookings(account)), mimetype="text/csv")

    return app
