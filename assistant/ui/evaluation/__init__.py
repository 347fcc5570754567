"""Human evaluation on screen: rating, comparing, reviewing, campaigns, results."""
