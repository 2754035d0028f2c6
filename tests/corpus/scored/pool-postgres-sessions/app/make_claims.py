from claims.model import Base, Claim
from claims.work import engine
from sqlalchemy.orm import Session

Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all(
        Claim(customer=n % 40, text=f"{n}: the pipe burst. " * 110, state="new") for n in range(2_000)
    )
    session.commit()
engine.dispose()
