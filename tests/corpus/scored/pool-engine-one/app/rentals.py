from database import session
from receipts import write_receipt
from sqlalchemy import text


def setup(url):
    with session(url) as open_session:
        open_session.execute(text("create table if not exists rentals (bicycle integer, days integer)"))
        open_session.commit()


def rent(url, bicycle):
    with session(url) as open_session:
        found = open_session.execute(
            text("insert into rentals values (:bicycle, :days) returning days"),
            {"bicycle": bicycle, "days": bicycle % 5},
        )
        days = found.scalar_one()
        open_session.commit()
    write_receipt(bicycle, days)
    return days
