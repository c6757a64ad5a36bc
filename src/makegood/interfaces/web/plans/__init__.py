"""Plans: what clients want, weighted as pipeline, from asked to won or lost; and the holds in force."""
