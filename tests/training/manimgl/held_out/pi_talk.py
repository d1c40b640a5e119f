from manim_imports_ext import *


class StudentsAsk(TeacherStudentsScene):
    def construct(self):
        self.student_says("Is that always true?")
        self.change_student_modes("pondering", "confused", "pondering")
        self.teacher_says("Let's see!")
        self.wait(2)


class RandolphWonders(Scene):
    def construct(self):
        randy = Randolph()
        randy.to_corner(DOWN + LEFT)
        equation = OldTex("1 + 1 = 2")
        self.play(randy.change_mode, "pondering")
        self.play(Write(equation))
        self.play(Blink(randy))


class AfterTheTalk(Scene):
    def construct(self):
        words = OldTexText("So ", "always", " it is.")
        words.set_color_by_tex("always", YELLOW)
        words.set_width(FRAME_WIDTH - 2)
        self.play(Write(words, run_time=2))
        self.play(words.to_edge, UP)
        self.play(FadeOut(words, 2 * UP))
