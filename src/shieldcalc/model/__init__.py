"""What a room, its scene, its doses and its findings are: the types that carry everything, and the way between them."""
