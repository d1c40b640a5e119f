from manim_imports_ext import *


class VectorSum(VectorScene):
    def construct(self):
        plane = self.add_plane()
        v = self.add_vector([2, 1], color=GREEN)
        w = self.add_vector([-1, 2], color=RED)
        labels = VGroup(OldTex("\\vec{v}"), OldTex("\\vec{w}"))
        for label, vect in zip(labels, (v, w)):
            label.next_to(vect.get_end(), UP)
        self.play(Write(labels))
        w.save_state()
        self.play(w.shift, v.get_end(), labels[1].shift, v.get_end())
        total = Vector([1, 3], color=YELLOW)
        self.play(GrowArrow(total))
        self.play(Restore(w))
        self.wait()


class RotateSpace(LinearTransformationScene):
    CONFIG = {"show_basis_vectors": True, "leave_ghost_vectors": False}

    def construct(self):
        matrix = [[0, 1], [-1, 0]]
        self.apply_transposed_matrix(matrix)
        self.wait()
        self.apply_inverse(np.array(matrix).T)
        title = OldTexText("A quarter turn")
        title.add_background_rectangle()
        title.to_edge(UP)
        self.add_foreground_mobject(title)
        self.play(Write(title))
        self.wait()
