"""Large models, sent in parts: begun, resumed after anything, completed, checked as a whole; or given up and cleared away."""
