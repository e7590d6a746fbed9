"""Training of the segmentation network: drawn pages, collages, augmentation, the training and export programs."""
