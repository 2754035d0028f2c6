import os

workers = int(os.environ.get("GUNICORN_WORKERS", "1"))
threads = 2
max_requests = 1000
preload_app = os.environ.get("GUNICORN_PRELOAD", "0") == "1"
