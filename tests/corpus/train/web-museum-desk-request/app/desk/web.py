from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desk.guide import load_tracks
from desk.tickets import draw_ticket


async def sell(request):
    order = await request.json()
    request.state.sheet = sheet = [draw_ticket(order["number"], order["hall"], n) for n in order["names"]]
    total = sum(ticket.cents for ticket in sheet)
    return Response(b"".join(page.pixels for page in sheet), headers={"x-total": str(total)})


async def listen(request):
    track = request.app.state.tracks[request.path_params["station"]]
    return Response(track[:4_000].tobytes(), media_type="audio/basic")


async def hours(request):
    return JSONResponse({"opens": "10:00", "closes": "18:00"})


def create_app():
    routes = [
        Route("/tickets", sell, methods=["POST"]),
        Route("/guide/{station:int}", listen),
        Route("/hours", hours),
    ]
    app = Starlette(routes=routes)
    app.state.tracks = load_tracks()
    return app
