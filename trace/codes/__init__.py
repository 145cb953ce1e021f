"""What is printed on a product: QR codes and labels."""
