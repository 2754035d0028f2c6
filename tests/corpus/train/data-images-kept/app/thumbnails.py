def thumbnails(photos):
    pairs = [(photo, photo.resize((64, 48))) for photo in photos]
    return [small.tobytes() for _, small in pairs]
