"""Training of layout's segmentation network: labelled pages, collages, augmentation, the training and export programs.

`make marks` runs all steps. Pages are drawn by samples.typeset, collages by this package; photographs come from
Debian's wallpaper packages and gcompris-qt-data, are used for training only and are not part of the repository.
Everything follows from seeds. No real newspaper page is trained on: real pages only helped to choose what to draw.

The shipped weights come from 3,560 steps of eight crops in four runs (600, 1,000, 1,700 and 260 steps, each with
--start from the weights before), on 290 pages and some 2,600 collages. The collages were drawn while the network
trained and the program that draws them grew meanwhile, so `make marks` does not give the same bytes.
"""
