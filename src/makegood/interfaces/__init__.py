"""How people and machines reach the system: web pages, REST, MCP, command line. No rules and no queries of records here."""
