"""Pictures and reviewers for the tests of verification."""

import io

from allauth.mfa.totp.internal.auth import TOTP
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.factories import UserFactory

SIZE = (1000, 1400)


def page_of_print(blur=0.0, words="This certifies that Ada Byron teaches physics at Lincoln High"):
    """A letter, photographed as sharp as `blur` (a radius in points) lets it be."""
    image = Image.new("RGB", SIZE, (244, 242, 236))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(22)
    for line in range(20):
        draw.text((80, 100 + line * 55), f"{words} {line}", fill=(40, 40, 44), font=font)
    return image.filter(ImageFilter.GaussianBlur(blur)) if blur else image


def as_bytes(image, kind="PNG", **options):
    """The image as a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def reviewer(**fields):
    """A member of staff with a second factor."""
    return with_factor(UserFactory(is_staff=True, **fields))


def with_factor(user):
    """The user, with a second factor: who acts for others needs one."""
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return user
