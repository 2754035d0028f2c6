"""One night of a small observatory: the camera exposes plates, another process measures the stars on them."""

import multiprocessing

from observatory.camera import Camera
from observatory.measuring import measure


def night(plates):
    context = multiprocessing.get_context("fork")
    exposed, measured = context.Queue(maxsize=3), context.Queue()
    worker = context.Process(target=measure, args=(exposed, measured), daemon=True)
    worker.start()
    camera = Camera()
    for field in range(plates):
        exposed.put((field, camera.expose(field)))
    exposed.put(None)
    brightest = {}
    while (result := measured.get()) is not None:
        field, star = result
        brightest[field] = star
    worker.join()
    return max(brightest.values()), len(brightest)


if __name__ == "__main__":
    print(night(90))
