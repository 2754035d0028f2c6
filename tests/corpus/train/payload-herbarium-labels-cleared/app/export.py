import tempfile

GENERA = ("Carex", "Salix", "Rubus", "Hieracium", "Taraxacum", "Viola")


def export(sheets):
    with tempfile.NamedTemporaryFile("w", suffix=".xml", delete=False) as file:
        file.write("<herbarium>")
        for n in range(sheets):
            file.write(
                f"<sheet number='{n}' cabinet='{n % 90}'><taxon>{GENERA[n % 6]} {n % 400}</taxon>"
                f"<collector>Collector {n * 13 % 900}</collector><place>Hill {n % 2_000}, north side</place>"
                f"<year>{1850 + n % 130}</year></sheet>"
            )
        file.write("</herbarium>")
    return file.name
