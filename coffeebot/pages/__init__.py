"""One page function a file: what stands where, bound to state."""
