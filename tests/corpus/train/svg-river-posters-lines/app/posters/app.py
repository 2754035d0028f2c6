from posters.drawing import poster


def application(environ, start_response):
    basin = environ["PATH_INFO"].rsplit("/", 1)[-1].removesuffix(".svg")
    start_response("200 OK", [("Content-Type", "image/svg+xml")])
    return (line.encode() for line in poster(basin))
