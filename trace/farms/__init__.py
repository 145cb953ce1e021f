"""Where it grows: growing areas, plots and greenhouses, growers’ households."""
