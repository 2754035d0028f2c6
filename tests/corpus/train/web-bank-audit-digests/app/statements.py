import io
import random
import zipfile

from flask import Flask, Response

REASONS = ("rent", "groceries", "salary", "insurance", "books", "train fare")


def bookings(account, number=900):
    dice = random.Random(account)
    for index in range(number):
        yield f"{index:04d};{dice.choice(REASONS):<16};{dice.randint(-90_000, 120_000):>12};EUR\n"


def statement_of(account):
    return f"account;{account}\n" + "".join(bookings(account))


def create_app():
    app = Flask("statements")

    @app.get("/statements/<int:account>")
    def statement(account):
        return Response(statement_of(account), mimetype="text/csv")

    @app.get("/branch/<int:accounts>.zip")
    def branch(accounts):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for account in range(accounts):
                archive.writestr(f"{account}.csv", statement_of(account))
        return Response(buffer.getvalue(), mimetype="application/zip")

    return app
