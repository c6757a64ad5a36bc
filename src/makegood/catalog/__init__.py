"""What is for sale and under which rules: placements, products, rates, spec profiles, guidelines, known supply."""
