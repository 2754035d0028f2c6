from xml.sax.saxutils import escape

from posters.basins import streams

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3000 4000"><title>{}</title>\n'
GLOW = '<path d="{}" fill="none" stroke="#dbe9f4" stroke-width="{:.2f}"/>\n'
WATER = '<path d="{}" fill="none" stroke="#1f5a87" stroke-width="{:.2f}"/>\n'


def poster(basin):
    glow, water = [], []
    for course in streams(basin):
        path = "M" + " L".join(f"{x:.3f},{y:.3f}" for x, y in course)
        glow.append(GLOW.format(path, len(course) / 10))
        water.append(WATER.format(path, len(course) / 60))
    return HEAD.format(escape(basin)) + "".join(glow) + "".join(water) + "</svg>\n"
