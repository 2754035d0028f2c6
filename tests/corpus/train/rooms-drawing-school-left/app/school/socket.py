from aiohttp import WSMsgType, web

from school.rooms import enter, leave


async def draw(request):
    """A pupil draws until the page is closed; everybody in the room sees how much was drawn."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    room = enter(request.match_info["name"], socket)
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                room.draw(message.json())
                await socket.send_json({"drawn": 1, "strokes": room.strokes})
    finally:
        leave(room, socket)
    return socket
