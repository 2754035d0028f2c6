from claims.model import Claim
from claims.work import Work
from sqlalchemy import select

WITHOUT_PAPERS = frozenset(range(0, 40, 3))
work = Work()


def decide(request, customer):
    session = work.begin(request)
    claims = session.scalars(select(Claim).where(Claim.customer == customer).limit(12)).all()
    for claim in claims:
        claim.state = "seen"
    if customer in WITHOUT_PAPERS:
        return {"request": request, "refused": "papers are missing"}
    work.end(request)
    return {"request": request, "decided": len(claims)}
