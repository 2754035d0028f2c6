"""Does it pay to bring bicycles to the park before the sun comes out?"""
