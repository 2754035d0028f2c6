from posters.drawing import poster


def application(environ, start_response):
    basin = environ["PATH_INFO"].rsplit("/", 1)[-1].removesuffix(".svg")
    body = poster(basin).encode()
    start_response("200 OK", [("Content-Type", "image/svg+xml"), ("Content-Length", str(len(body)))])
    return [body]
