from manim_imports_ext import *


class AskTheClass(TeacherStudentsScene):
    CONFIG = {"default_pi_creature_kwargs": {"color": MAROON_E}}

    def construct(self):
        self.teacher_says("What is $x$?")
        self.play(*[ApplyMethod(pi.change_mode, "pondering") for pi in self.get_students()])
        self.wait(2)


class MortySpeaks(Scene):
    def construct(self):
        morty = Mortimer().to_corner(DOWN + RIGHT)
        bubble = SpeechBubble(height=3, width=4)
        bubble.pin_to(morty)
        bubble.write("Not so fast")
        self.play(ShowCreation(bubble), Write(bubble.content))
        self.play(Blink(morty))


class PlainAnswer(Scene):
    def construct(self):
        answer = OldTex("x", "=", "4")
        answer.set_height(1)
        self.play(Write(answer))
        self.play(answer[2].set_color, GREEN)
