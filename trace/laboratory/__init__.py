"""What laboratories found in soil, water, substrate and produce, and what a failed test holds back."""
