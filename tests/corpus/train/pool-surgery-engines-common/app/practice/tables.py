from sqlalchemy import Column, Date, Integer, MetaData, String, Table

metadata = MetaData()
visits = Table(
    "visits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("patient", Integer),
    Column("day", Date),
    Column("reason", String),
    Column("doctor", String),
    Column("minutes", Integer),
    Column("fee", Integer),
    Column("code", String),
    Column("insurer", String),
    schema="surgery",
)
