"""Objects in a folder, S3, Google Cloud Storage or Azure, through obstore."""
