"""The pages: shell, components, the one grid, palette, sign-in, and a folder per area of the product."""
