from claims.model import Claim
from claims.work import unit_of_work
from sqlalchemy import select

WITHOUT_PAPERS = frozenset(range(0, 40, 3))


def decide(request, customer):
    with unit_of_work() as session:
        claims = session.scalars(select(Claim).where(Claim.customer == customer).limit(12)).all()
        for claim in claims:
            claim.state = "seen"
        if customer in WITHOUT_PAPERS:
            return {"request": request, "refused": "papers are missing"}
        return {"request": request, "decided": len(claims)}


def longest():
    """The longest texts of the year, for the statistics."""
    with unit_of_work() as session:
        claims = session.execute(select(Claim.id, Claim.text, Claim.text.concat(Claim.text))).all()
    return sorted(claims, key=lambda row: len(row[2]))[-10:]
