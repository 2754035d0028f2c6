"""What the board says of a movement, in the language of the one who looks."""

PHRASES = {
    "en": "{ship} is expected at {berth} at {hour:02}:{rest:02} with a draught of {draught:.1f} m",
    "de": "{ship} wird um {hour:02}:{rest:02} am {berth} erwartet, Tiefgang {draught:.1f} m",
    "nl": "{ship} wordt om {hour:02}:{rest:02} bij {berth} verwacht, diepgang {draught:.1f} m",
}
ROW = '<tr class="movement" data-number="{number}"><td>{index:02}</td><td>{text}</td></tr>\n'


def render(movement, language, rows=8):
    hour, rest = divmod(movement.minute, 60)
    text = PHRASES[language].format(
        ship=movement.ship, berth=movement.berth, hour=hour, rest=rest, draught=movement.draught
    )
    body = "".join(ROW.format(number=movement.number, index=index, text=text) for index in range(rows))
    return f"id: {movement.number}\nevent: movement\ndata: {body}\n\n".encode()
