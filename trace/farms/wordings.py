"""The words with which people are asked for their consent, every version there ever was; no I/O.

A version that was put to anybody is never edited and never removed: consents point to it. Better words are a
new version at the end of its list. They stand here in both languages and not in the catalogues, because a
translation may be polished and these may not.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from trace.farms.models import Purpose
from trace.kit.translation import Locale


@dataclass(frozen=True, slots=True)
class Wording:
    """What is read out or read by oneself before agreeing: short paragraphs of spoken language."""

    version: int
    since: date
    vi: tuple[str, ...]
    en: tuple[str, ...]

    def paragraphs(self, locale: Locale) -> tuple[str, ...]:
        return self.vi if locale == "vi" else self.en


WORDINGS: Final[dict[Purpose, tuple[Wording, ...]]] = {
    Purpose.NAME: (
        Wording(
            1,
            date(2026, 11, 25),
            vi=(
                "Tôi cho hợp tác xã ghi họ tên của tôi bên cạnh mã hộ, trên trang mà người mua xem khi quét mã.",
                "Trang đó ai cũng xem được. Người ta có thể chép lại hay chụp lại.",
                "Số điện thoại của tôi thì người ngoài không thấy.",
                "Tôi không cho cũng không sao: trang chỉ ghi mã hộ, hàng của tôi vẫn bán như thường.",
                "Lúc nào đổi ý, tôi nói một tiếng hoặc bấm một nút là tên tôi được giấu đi ngay. "
                "Cái gì người ta đã chép, đã chụp trước đó thì không lấy lại được.",
            ),
            en=(
                "I let the cooperative write my name beside the code of my household, on the page that shoppers "
                "see when they scan a code.",
                "Everybody can see that page. People can copy it or take a picture of it.",
                "My telephone number is not shown to anybody outside.",
                "I may just as well say no: the page then shows the code alone, and my goods are sold as before.",
                "I can change my mind at any time: a word or one button, and my name is hidden at once. "
                "What people copied before cannot be called back.",
            ),
        ),
    ),
    Purpose.PHOTO: (
        Wording(
            1,
            date(2026, 11, 25),
            vi=(
                "Tôi cho hợp tác xã đưa ảnh chân dung của tôi, và ảnh làm việc nhìn rõ mặt tôi, lên trang mà "
                "người mua xem khi quét mã.",
                "Trang đó ai cũng xem được. Người ta có thể lưu ảnh lại.",
                "Ảnh không kèm nơi chụp. Ảnh của người khác trong nhà thì không nằm trong lời đồng ý này.",
                "Tôi không cho cũng không sao: trang không có ảnh tôi, hàng của tôi vẫn bán như thường.",
                "Lúc nào đổi ý, tôi nói một tiếng hoặc bấm một nút là ảnh được giấu đi ngay. "
                "Ảnh nào người ta đã lưu trước đó thì không lấy lại được.",
            ),
            en=(
                "I let the cooperative show my portrait, and pictures of work in which my face can be recognised, "
                "on the page that shoppers see when they scan a code.",
                "Everybody can see that page. People can keep the pictures.",
                "A picture does not tell where it was taken. Pictures of others in my house are no part of this.",
                "I may just as well say no: the page then has no picture of me, and my goods are sold as before.",
                "I can change my mind at any time: a word or one button, and the pictures are hidden at once. "
                "What people kept before cannot be called back.",
            ),
        ),
    ),
}


def current(purpose: Purpose) -> Wording:
    return WORDINGS[purpose][-1]


def is_known(purpose: Purpose, version: int) -> bool:
    return any(one.version == version for one in WORDINGS[purpose])


def wording(purpose: str, version: int) -> Wording:
    """The words of a version that somebody agreed to."""
    return next(one for one in WORDINGS[Purpose(purpose)] if one.version == version)
