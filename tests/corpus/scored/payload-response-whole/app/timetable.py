from jinja2 import Template

ROWS = "{% for stop in stops %}<tr><td>{{ stop }}</td><td>{{ loop.index }}</td></tr>\n{% endfor %}"
PAGE = Template(f"<table>{ROWS}</table>")
STOPS = {"north": 2_000, "south": 2_500, "all": 150_000}


def timetable(line):
    stops = (f"Station number {number} of the {line} line" for number in range(STOPS[line]))
    return PAGE.render(stops=stops).encode()
