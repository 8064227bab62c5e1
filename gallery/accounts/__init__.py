"""Who asks: the person and the session behind them, what a login takes over, and what cookies keep."""
