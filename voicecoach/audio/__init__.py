"""Sound in and out: ports, and the adapters behind them."""
