"""Letters to people about their visits, under the brand and agreements of the business."""
