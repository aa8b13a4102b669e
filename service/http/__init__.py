"""What every request meets: errors, headers, negotiation, logs, metrics, the API's description."""
