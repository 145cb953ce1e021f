"""What others certified: VietGAP and its like, for which products and places, how much and how long."""
