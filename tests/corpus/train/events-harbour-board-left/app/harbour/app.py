import asyncio
import contextlib

from aiohttp import web

from harbour.hub import Hub
from harbour.ships import movements as simulated


async def events(request):
    """Server-sent events until the one who looks has gone."""
    hub = request.app["state"]
    number, listener = hub.join(request.query.get("lang", "en"))
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    try:
        while not request.transport.is_closing():
            await response.write(await listener.waiting.get())
    except ConnectionResetError:
        return response
    hub.leave(number)
    return response


async def watch_the_river(app, number):
    for movement in simulated(number):
        app["state"].publish(movement)
        await asyncio.sleep(0.002)
    app["over"].set()


def create_app(movements):
    app = web.Application()
    app["state"] = Hub()
    app["over"] = asyncio.Event()
    app.router.add_get("/events", events)

    async def background(app):
        task = asyncio.create_task(watch_the_river(app, movements))
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    app.cleanup_ctx.append(background)
    return app
