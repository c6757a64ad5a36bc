"""The list of tasks, and the smallest complete example of an area: a grid, its address, what it adds to the palette."""
