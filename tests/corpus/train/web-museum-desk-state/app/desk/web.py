from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desk.tickets import draw_ticket


async def sell(request):
    order = await request.json()
    sheet = request.app.state.sheet
    for name in order["names"]:
        sheet.append(draw_ticket(order["number"], order["hall"], name))
    pages = [ticket for ticket in sheet if ticket.order == order["number"]]
    total = sum(ticket.cents for ticket in pages)
    return Response(b"".join(page.pixels for page in pages), headers={"x-total": str(total)})


async def hours(request):
    return JSONResponse({"opens": "10:00", "closes": "18:00"})


def create_app():
    app = Starlette(routes=[Route("/tickets", sell, methods=["POST"]), Route("/hours", hours)])
    app.state.sheet = []
    return app
