import threading

from bus.centre import Centre
from bus.fleet import drive
from bus.live import live


def morning(vehicles, reports):
    with Centre(("127.0.0.1", 0)) as centre:
        thread = threading.Thread(target=centre.serve_forever)
        thread.start()
        driving = [
            threading.Thread(target=drive, args=(centre.server_address, vehicle, reports))
            for vehicle in range(vehicles)
        ]
        for each in driving:
            each.start()
        for each in driving:
            each.join()
        centre.shutdown()
        thread.join()
    return live.late()


if __name__ == "__main__":
    print(morning(vehicles=8, reports=600), "late")
