"""What a receptionist does, in the words of the business."""
