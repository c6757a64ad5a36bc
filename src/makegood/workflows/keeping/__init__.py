"""What facts and the calendar bring about without anybody's click: flights live and over, reminders, orders closed."""
