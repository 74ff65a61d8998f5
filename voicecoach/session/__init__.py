"""The coach as a state machine: events in, effects out, no clock and no devices."""
