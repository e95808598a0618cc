"""What is kept, and the rules it is kept by; knows no Qt, openpyxl or reportlab."""
