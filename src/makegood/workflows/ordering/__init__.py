"""From a document to a campaign that knows what it lacks: intake, decisions on orders, asking."""
