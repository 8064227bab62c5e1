"""The worker's side: claim a render, paint it, publish it. The only part of the site that imports torch."""
