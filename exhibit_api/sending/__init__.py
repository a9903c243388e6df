"""`exhibit upload`: models sent to a service, here or far away, over lines and through restarts of either side."""
