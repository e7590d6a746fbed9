"""The forms in which a newspaper prints bylines, captions, folios, jump markers, signatures, adverts."""
