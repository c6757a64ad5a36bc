"""Cases: a client's issue, a delivery incident, a billing request; one owner, a clock, a cause."""
