"""One contract on every object store, on real servers."""
