"""From a brief to a plan to an order draft: gathers what only records downstream of sales know, then calls its actions."""
