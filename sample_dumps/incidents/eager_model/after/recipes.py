"""Recipes and their tags in a database."""

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.pool import QueuePool, StaticPool

import settings

metadata = MetaData()
recipes = Table(
    "recipes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80)),
    Column("tag", String(80)),
)

COURSES = ("soup", "salad", "stew", "bread", "cake", "pasta", "curry", "pie", "omelette", "casserole")
WAYS = ("grilled", "baked", "fried", "steamed", "raw", "smoked", "pickled", "roasted")
PLANTS = ("bean", "carrot", "lentil", "spinach", "pumpkin", "mushroom", "leek", "tomato", "beetroot", "pea")


def connect():
    if settings.DATABASE_URL.startswith("sqlite"):
        return create_engine(
            settings.DATABASE_URL, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    return create_engine(
        settings.DATABASE_URL,
        poolclass=QueuePool,
        pool_size=settings.POOL_SIZE,
        max_overflow=settings.POOL_OVERFLOW,
    )


engine = connect()


def fill() -> None:
    """Create the table once and write the recipes into it."""
    metadata.create_all(engine)
    dishes = [f"{way} {plant} {course}" for way in WAYS for plant in PLANTS for course in COURSES]
    rows = [{"name": dish.title(), "tag": dish} for dish in dishes[: settings.TAGS]]
    with engine.begin() as connection:
        if connection.execute(select(recipes.c.id).limit(1)).first() is None:
            connection.execute(insert(recipes), rows)


def named(part: str) -> list[str]:
    with engine.connect() as connection:
        found = connection.execute(select(recipes.c.name).where(recipes.c.tag.contains(part)).limit(20))
        return [row.name for row in found]


def tags() -> list[str]:
    with engine.connect() as connection:
        return [row.tag for row in connection.execute(select(recipes.c.tag).order_by(recipes.c.id))]
