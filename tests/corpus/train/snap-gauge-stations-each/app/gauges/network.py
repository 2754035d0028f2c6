from xml.etree import ElementTree


class Network:
    """The rivers and the gauges on them. The document stays: courses are looked up when a flood is drawn."""

    def __init__(self, path):
        self._document = ElementTree.parse(path)

    def gauges(self):
        for gauge in self._document.iterfind("river/gauge"):
            yield gauge.get("id"), float(gauge.get("zero"))

    def course(self, gauge):
        """Points of the river upstream of a gauge."""
        found = self._document.find(f"river/gauge[@id='{gauge}']/course")
        return [tuple(map(float, point.split(","))) for point in found.text.split()]
