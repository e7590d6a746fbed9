"""The network in PyTorch, as it is trained; layout runs it from its exported form."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

CLASSES: Final = 6
HEADS: Final = 3
"""Reversed, vertical, line core."""
WIDTHS: Final = (24, 32, 48, 64)
"""Channels at a half, a quarter, an eighth and a sixteenth of the picture's resolution."""
STEP: Final = 16
"""Pixels of which a picture's sides are multiples: the coarsest level's."""


def layer(inputs: int, outputs: int, dilation: int = 1) -> nn.Sequential:
    """A 3 by 3 convolution, normalized over the batch, rectified."""
    conv = nn.Conv2d(inputs, outputs, 3, padding=dilation, dilation=dilation, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs, momentum=0.02), nn.ReLU(inplace=True))


class UNet(nn.Module):
    """A U-Net whose finest level works on blocks of 2 by 2 pixels."""

    def __init__(self) -> None:
        super().__init__()
        a, b, c, d = WIDTHS
        self.down1 = nn.Sequential(layer(4, a), layer(a, a))
        self.down2 = nn.Sequential(layer(a, b), layer(b, b))
        self.down3 = nn.Sequential(layer(b, c), layer(c, c))
        self.middle = nn.Sequential(layer(c, d), layer(d, d), layer(d, d, 2), layer(d, d, 4))
        self.up3 = nn.Sequential(layer(d + c, c), layer(c, c))
        self.up2 = nn.Sequential(layer(c + b, b), layer(b, b))
        self.up1 = nn.Sequential(layer(b + a, a), layer(a, a))
        self.out = nn.Conv2d(a, 4 * (CLASSES + HEADS), 1)

    def forward(self, gray: Tensor) -> Tensor:
        """Logits of classes and heads, shape (n, 9, h, w), of pictures of shape (n, 1, h, w), 0 to 1."""
        x = functional.pixel_unshuffle(gray, 2)
        a = self.down1(x)
        b = self.down2(functional.max_pool2d(a, 2))
        c = self.down3(functional.max_pool2d(b, 2))
        d = self.middle(functional.max_pool2d(c, 2))
        x = self.up3(torch.cat([enlarged(d), c], 1))
        x = self.up2(torch.cat([enlarged(x), b], 1))
        x = self.up1(torch.cat([enlarged(x), a], 1))
        return functional.pixel_shuffle(self.out(x), 2)


def enlarged(x: Tensor) -> Tensor:
    """Twice the size, each value repeated."""
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")
