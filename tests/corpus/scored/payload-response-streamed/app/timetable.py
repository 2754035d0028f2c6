from jinja2 import Template

ROW = Template("<tr><td>{{ stop }}</td></tr>\n")


def rows(line):
    for number in range(40):
        yield ROW.render(stop=f"Station number {number} of the {line} line").encode()
