from xml.sax.saxutils import escape

from posters.basins import streams

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3000 4000"><title>{}</title>\n'
GLOW = '<path d="{}" fill="none" stroke="#dbe9f4" stroke-width="{:.2f}"/>\n'
WATER = '<path d="{}" fill="none" stroke="#1f5a87" stroke-width="{:.2f}"/>\n'


def poster(basin):
    yield HEAD.format(escape(basin))
    for style, width in ((GLOW, 10), (WATER, 60)):
        for course in streams(basin):
            path = "M" + " L".join(f"{x:.3f},{y:.3f}" for x, y in course)
            yield style.format(path, len(course) / width)
    yield "</svg>\n"
