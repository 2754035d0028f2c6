import os

from sqlalchemy import create_engine, event, text

from practice.tables import metadata

URL = os.environ["DATABASE_URL"]
FILL = """
INSERT INTO {0}.visits (patient, day, reason, doctor, minutes, fee, code, insurer)
SELECT n % 97, date '2026-01-01' + n % 300, 'reason ' || n % 5, 'Dr ' || chr(65 + n % 4), 5 + n % 50,
       n * 37 % 20000, 'C' || n % 24, 'insurer ' || n % 7 FROM generate_series(1, 400) AS n
"""

engine = create_engine(URL, pool_size=2)


def engine_of(surgery):
    """The common engine and its connections, with statements for the schema of one surgery."""
    return engine.execution_options(schema_translate_map={"surgery": surgery})


def prepare(surgeries):
    for surgery in surgeries:
        with engine_of(surgery).begin() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {surgery}"))
            metadata.drop_all(connection)
            metadata.create_all(connection)
            connection.execute(text(FILL.format(surgery)))


@event.listens_for(engine, "connect")
def _settings(connection, record):
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '1MB'")
    connection.commit()
