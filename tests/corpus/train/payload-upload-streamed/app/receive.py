import hashlib
import tempfile

from aiohttp import web
from preview import preview_of


def application():
    app = web.Application(client_max_size=1 << 30)
    app.router.add_post("/videos/{number}", take_video)
    return app


async def take_video(request):
    digest = hashlib.sha256()
    with tempfile.TemporaryFile() as file:
        async for piece in request.content.iter_chunked(65_536):
            digest.update(piece)
            file.write(piece)
    preview_of(int(request.match_info["number"]))
    return web.json_response({"sha256": digest.hexdigest()})
