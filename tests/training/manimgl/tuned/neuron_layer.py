from manim_imports_ext import *


class NeuronLayer(VGroup):
    CONFIG = {
        "n_neurons": 4,
        "neuron_radius": 0.25,
        "neuron_color": BLUE,
        "buff": MED_SMALL_BUFF,
    }

    def __init__(self, n_neurons=None, **kwargs):
        VGroup.__init__(self, **kwargs)
        if n_neurons is not None:
            self.n_neurons = n_neurons
        self.add(*[self.get_neuron() for _ in range(self.n_neurons)])
        self.arrange(DOWN, buff=self.buff)

    def get_neuron(self):
        return Circle(radius=self.neuron_radius, stroke_color=self.neuron_color, fill_color=BLACK, fill_opacity=1)


class SmallNetwork(Scene):
    CONFIG = {"layer_sizes": [3, 4, 2]}

    def construct(self):
        layers = VGroup(*[NeuronLayer(size) for size in self.layer_sizes])
        layers.arrange(RIGHT, buff=2)
        edges = VGroup()
        for l1, l2 in zip(layers, layers[1:]):
            for n1, n2 in it.product(l1, l2):
                edges.add(Line(n1.get_center(), n2.get_center(), buff=0.25, stroke_width=2, color=GREY_B))
        self.play(LaggedStartMap(FadeIn, layers, lag_ratio=0.5))
        self.play(LaggedStartMap(ShowCreation, edges, lag_ratio=0.05, run_time=2))
        activations = np.random.random(4)
        self.play(*[
            neuron.animate.set_fill(WHITE, activation)
            for neuron, activation in zip(layers[1], activations)
        ])
        weighted = OldTex("\\sigma(", "w_1 a_1 + w_2 a_2", "+", "b", ")")
        weighted.set_color_by_tex("b", RED)
        weighted.to_edge(UP)
        self.play(Write(weighted), edges.animate.set_stroke(width=1))
        self.wait()
