"""Order documents: dropped, checked beside the page they were read from, put right, made into a draft order."""
