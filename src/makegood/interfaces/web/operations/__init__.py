"""For operators: how counting and the ad servers stand, for people and for a monitor."""
