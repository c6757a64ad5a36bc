"""Tasks, requests to clients, cases, comments and approvals on any subject. Knows no order, creative or invoice."""
