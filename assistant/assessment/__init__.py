"""How something was said: measures, norms, estimates and the evidence behind them."""
