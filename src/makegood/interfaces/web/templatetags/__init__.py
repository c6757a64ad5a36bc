"""Where Django looks for template libraries; the words themselves live in `web.tags`."""
