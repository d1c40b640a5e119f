from manimlib.imports import *


class SwingingDoor(Scene):
    CONFIG = {"hinge": 2 * LEFT, "door_length": 3}

    def construct(self):
        door = Line(self.hinge, self.hinge + self.door_length * RIGHT, stroke_width=10)
        arc = Arc(start_angle=0, angle=PI / 2, radius=self.door_length)
        arc.shift(self.hinge)
        label = TexMobject("\\theta")
        label.next_to(arc.point_from_proportion(0.5), UR, buff=SMALL_BUFF)
        torque = TexMobject("\\tau", "=", "r", "F", "\\sin", "\\theta")
        torque.set_color_by_tex_to_color_map({"r": BLUE, "F": RED})
        torque.to_corner(UL)
        self.play(ShowCreation(door))
        self.play(Rotate(door, PI / 2, about_point=self.hinge), ShowCreation(arc), run_time=2)
        self.play(FadeInFrom(label, DOWN), FadeInFromDown(torque))
        self.play(door.rotate, -PI / 4, {"about_point": self.hinge})
        self.play(CircleIndicate(label))
        self.wait()


class DoorKnob(MovingCameraScene):
    def construct(self):
        knob = Circle(radius=0.3, color=GOLD)
        words = TextMobject("Push far from the hinge")
        words.next_to(knob, UP, LARGE_BUFF)
        self.add(knob, words)
        self.play(self.camera_frame.set_height, 4)
        self.play(self.camera_frame.move_to, knob, words.set_color, YELLOW)
        self.play(knob.scale_in_place, 2, rate_func=there_and_back)
        self.play(FadeOutAndShift(words, UP))
