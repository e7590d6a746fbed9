"""The trained network as an ONNX file: batch normalization folded, blocks of pixels taken by a strided convolution."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from samples.segmentation.model import CLASSES, HEADS, UNet

OPSET: Final = 13
"""ONNX operator set: every OpenCV from 4.5 reads it."""

Array = npt.NDArray[np.float32]


def export(weights: Path, out: Path) -> None:
    """Write the network with those weights; its input is grey, 0 to 255, its output the logits of 2 by 2 pixels.

    The output's channel 4 c + 2 y + x is the logit c of the pixel at row y and column x of the block.
    """
    network = UNet().eval()
    network.load_state_dict(torch.load(weights, weights_only=True))
    model = Graph().model(network)
    onnx.checker.check_model(model)
    out.write_bytes(model.SerializeToString())


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._values: list[onnx.TensorProto] = []

    def model(self, network: UNet) -> onnx.ModelProto:
        """The whole network."""
        a = self._layers("gray", network.down1, first=True)
        b = self._layers(self._add("MaxPool", [a], kernel_shape=[2, 2], strides=[2, 2]), network.down2)
        c = self._layers(self._add("MaxPool", [b], kernel_shape=[2, 2], strides=[2, 2]), network.down3)
        x = self._layers(self._add("MaxPool", [c], kernel_shape=[2, 2], strides=[2, 2]), network.middle)
        for part, skip in ((network.up3, c), (network.up2, b), (network.up1, a)):
            x = self._layers(self._add("Concat", [self._enlarged(x), skip], axis=1), part)
        weight, bias = network.out.weight.detach().numpy(), network.out.bias
        assert bias is not None
        self._conv(x, (weight, bias.detach().numpy()), output="logits", pads=[0] * 4)
        graph = helper.make_graph(
            self._nodes,
            "segmentation",
            [helper.make_tensor_value_info("gray", TensorProto.FLOAT, [1, 1, "height", "width"])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 4 * (CLASSES + HEADS), "rows", "columns"])],
            self._values,
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)

    def _layers(self, x: str, layers: nn.Sequential, *, first: bool = False) -> str:
        for n, part in enumerate(layers):
            assert isinstance(part, nn.Sequential)
            conv, norm = part[0], part[1]
            assert isinstance(conv, nn.Conv2d)
            assert isinstance(norm, nn.BatchNorm2d)
            weight, bias = folded(conv, norm)
            d = int(conv.dilation[0])
            if first and n == 0:
                x = self._conv(x, (strided(weight) / 255, bias), pads=[2] * 4, strides=[2, 2])
            else:
                x = self._conv(x, (weight, bias), pads=[d] * 4, dilations=[d, d])
            x = self._add("Relu", [x])
        return x

    def _conv(self, x: str, values: tuple[Array, Array], output: str = "", **how: list[int]) -> str:
        names = [self._value(v.astype(np.float32)) for v in values]
        return self._add("Conv", [x, *names], output, kernel_shape=list(values[0].shape[2:]), **how)

    def _enlarged(self, x: str) -> str:
        scales = self._value(np.array((1, 1, 2, 2), np.float32))
        how = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        return self._add("Resize", [x, "", scales], **how)

    def _value(self, array: Array) -> str:
        name = f"v{len(self._values)}"
        self._values.append(numpy_helper.from_array(array, name))
        return name

    def _add(self, kind: str, inputs: list[str], output: str = "", **how: object) -> str:
        output = output or f"x{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], **how))
        return output


def folded(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Array, Array]:
    """Weight and bias of a convolution with the normalization after it."""
    assert norm.running_var is not None
    assert norm.running_mean is not None
    scale = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().double()
    weight = conv.weight.detach().double() * scale[:, None, None, None]
    bias = norm.bias.detach().double() - norm.running_mean.double() * scale
    return weight.float().numpy(), bias.float().numpy()


def strided(weight: Array) -> Array:
    """The 6 by 6 kernel with stride 2 that does what a 3 by 3 kernel does on blocks of 2 by 2 pixels."""
    n = weight.shape[0]
    return np.asarray(weight.reshape(n, 2, 2, 3, 3).transpose(0, 3, 1, 4, 2).reshape(n, 1, 6, 6))
