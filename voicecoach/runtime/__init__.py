"""Where the pure coach meets the world: driver, stages, paths."""
