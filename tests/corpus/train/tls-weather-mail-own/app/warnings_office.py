from mailer import Mailer

LEVELS = ((100, "violent"), (75, "severe"), (0, "fresh"))


class Office:
    def __init__(self, host, port):
        self._relay = host, port
        self._mailers = {}

    def warn(self, region, gusts):
        level = next(name for least, name in LEVELS if gusts >= least)
        mailer = self._mailers.get(region)
        if mailer is None:
            mailer = self._mailers[region] = Mailer(*self._relay, region)
        mailer.send(f"{level} wind", f"Gusts of {gusts} km/h are expected in {region} until noon.\n" * 20)

    def close(self):
        for mailer in self._mailers.values():
            mailer.close()
