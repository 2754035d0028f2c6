import logging


def setup():
    out = logging.FileHandler("calls.log")
    out.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logging.getLogger().addHandler(out)
    logging.getLogger().setLevel(logging.INFO)
