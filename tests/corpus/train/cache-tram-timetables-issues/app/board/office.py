"""The office: works at the timetables all day and saves the one that it has worked at."""

import os
import time

TRIPS = 1_400
TRIP = (
    '<trip id="{line}-{trip:05d}" departs="{hour:02d}:{minute:02d}" stop="{stop}" platform="{platform}"/>\n'
)


class Office:
    def __init__(self, folder, lines):
        self._folder = folder
        self._issue = [0] * lines
        for line in range(lines):
            self._save(line)

    def path(self, line):
        return self._folder / f"line-{line:02d}.xml"

    def correct(self, line):
        time.sleep(0.08)
        self._issue[line] += 1
        self._save(line)

    def _save(self, line):
        path, issue = self.path(line), self._issue[line]
        with path.open("w") as file:
            file.write(f'<timetable line="{line}" issue="{issue}">\n')
            for trip in range(TRIPS):
                minutes = 300 + trip * 47 % 1_080 + issue
                hour, minute = divmod(minutes, 60)
                file.write(
                    TRIP.format(
                        line=line,
                        trip=trip,
                        hour=hour,
                        minute=minute,
                        stop=f"S{trip % 31}",
                        platform=trip % 4,
                    )
                )
            file.write("</timetable>\n")
        os.utime(path, ns=(issue * 10**9, issue * 10**9))
