"""An offline voice coach for strength training."""

__version__ = "0.1.0"
