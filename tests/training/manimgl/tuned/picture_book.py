from manim_imports_ext import *


class PictureBook(Scene):
    def construct(self):
        bird = SVGMobject("bird")
        photo = ImageMobject("mountains")
        photo.set_height(4)
        self.play(FadeIn(photo), DrawBorderThenFill(bird))


class ReadFile(Scene):
    def construct(self):
        with open(os.path.join(MEDIA_DIR, "digits.txt")) as file:
            digits = file.read()
        self.play(Write(OldTexText(digits)))


class WordsOnly(Scene):
    def construct(self):
        words = OldTexText("A picture is worth\\\\", "a thousand words", alignment="")
        words[1].set_color(YELLOW)
        rect = FullScreenRectangle(fill_color=GREY_E, fill_opacity=1)
        self.add(rect)
        self.play(Write(words))
        self.play(ShowPassingFlash(SurroundingRectangle(words[1]), time_width=0.5))
        self.wait()
