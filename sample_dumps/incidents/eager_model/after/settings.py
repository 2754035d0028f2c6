import os

DATABASE_URL = os.environ.get("DATABASE_URL", "sqlite:///:memory:")
POOL_SIZE = int(os.environ.get("POOL_SIZE", "5"))
POOL_OVERFLOW = 0
TAGS = 400
