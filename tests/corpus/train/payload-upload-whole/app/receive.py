import hashlib
import tempfile

from aiohttp import web


def application():
    app = web.Application(client_max_size=1 << 30)
    app.router.add_post("/videos/{number}", take_video)
    return app


async def take_video(request):
    video = await request.read()
    with tempfile.TemporaryFile() as file:
        file.write(video)
    return web.json_response({"sha256": hashlib.sha256(video).hexdigest()})
