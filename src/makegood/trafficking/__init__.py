"""Set-up: which creative runs on which flight, the compiled plan, pre-flight QA, proof that it is live."""
