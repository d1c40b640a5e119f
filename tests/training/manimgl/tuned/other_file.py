from manim_imports_ext import *
from tuned.neuron_layer import SmallNetwork
import torch


class BiggerNetwork(SmallNetwork):
    CONFIG = {"layer_sizes": [8, 8, 8]}


class WithTorch(Scene):
    def construct(self):
        values = torch.zeros(3)
        self.play(Write(Integer(int(values.sum()))))


class UnknownName(Scene):
    def construct(self):
        gadget = get_special_gadget()
        self.play(ShowCreation(gadget))
