"""Files people deliver, read into a frame: CSV and XLSX, tidy and Jobindsats exports, and what is wrong with them."""
