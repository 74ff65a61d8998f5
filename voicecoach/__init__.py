"""An offline voice coach for strength training."""
