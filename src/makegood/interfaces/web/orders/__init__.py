"""Orders, lines and flights as lists; the campaign with its tabs; a new order by form."""
