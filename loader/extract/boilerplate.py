"""Lines that a page or a feed puts round an article and that are not the article: shares, photos,
links, notices.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from loader.extract.extraction import RemovedKind
from loader.extract.line import FOLDED, Line
from loader.extract.word_lists import alternatives, words

_LINK_LENGTH = (
    190  # a link names another article's headline; a longer line is a sentence of this one
)

# All patterns are matched against the folded line (`folding.fold`).
_SHARE_WORD = rf"(?:{alternatives('share')}|\d{{1,5}})"
_SHARE = re.compile(
    r"[\W_]{0,12}" + _SHARE_WORD + r"(?:[\W_]{1,12}" + _SHARE_WORD + r"){0,14}[\W_]{0,12}"
)
_LETTERS = re.compile(r"[^\W\d_]{2}|^a ?[+-]+$")
_SHARE_LABEL = re.compile(
    r"\W{0,4}(?:مشاركه|شارك|شارك المقال|شارك الخبر|share)(?: (?:عبر|علي|"
    r"on).{0,60})? ?:?\W{0,4}"
)

_PHOTO = re.compile(
    r"\W{0,4}(?:(?:الصوره|صوره|صور|تصوير|عدسه|بعدسه|مصدر الصور[هة]?|صدر الصوره|حقوق الصوره|حقوق "
    r"نشر الصوره|كاميرا|"
    r"photo(?:s)?(?: credit| by)?|image(?: credit| caption| copyright)?|picture|credit|getty "
    r"images|getty|غيتي|"
    r"جيتي)\W{0,2}(?: ?[:|/©(،,-].{0,140}|\))?"
    r"|(?:مصدر|صدر|حقوق|صاحب|مالك) (?:نشر )?الصوره\b.{0,120}|التعليق علي الصوره.{0,200}|(?:صوره|"
    r"صور)(?: من)? (?:ال)?ارشيفيه?.{0,60}|"
    r"(?:صوره|صور) (?:من )?(?:الارشيف|ارشيف|تعبيريه|توضيحيه|متداوله).{0,60}|ارشيفيه|ارشيف|©.{0,80}"
    r"|image (?:caption|copyright|source).{0,200}|(?:getty|gettyimages|shutterstock|istock"
    r"|wikimedia).{0,60})"
)
_LINK = re.compile(
    r"\W{0,4}(?:(?:ا?قرا|ا?قراوا|شاهد|شاهدوا|طالع|تابع|اطلع|استمع) ?(?:ايضا|المزيد|كذلك|علي|لاحقا"
    r"|في الموقع|هنا)?|"
    r"ايضا|قد ي[هع][مج]?[كب]?[كم]?\w{0,4}(?: ايضا)?|"
    r"(?:مواضيع|موضوعات|اخبار|مقالات|قصص|روابط|تقارير) (?:ذات صله|متعلقه|مرتبطه|مشابهه|متصله|اخري)|"
    r"ذات صله|موضوع متعلق|اخبار ذات صله|اخبار قد تهمك|قد تهمك|ربما يهمك|ربما تهمك|يهمك ايضا|فيديو"
    r"|بالفيديو|بالصور|"
    r"related|read more|read also|see also|watch)"
    r" ?(?:\.\.|…|[:|/»<>؟\u203a\u2039]|[-–—]{1,2} ).{0,190}"
)
_LINK_LABEL = re.compile(
    r"\W{0,4}(?:اقرا ايضا|اقرا المزيد|شاهد ايضا|طالع ايضا|قد يهمك|قد يهمك ايضا|قد يعجبك ايضا"
    r"|(?:مواضيع|موضوعات|اخبار|"
    r"مقالات) (?:ذات صله|متعلقه|مرتبطه)|"
    r"المزيد|اقرا|ايضا|ذات صله|related|read more|read also|see also)\W{0,4}"
)
_LINK_ALSO = re.compile(r"\W{0,4}(?:اقرا|شاهد|طالع|اقراي|اقراوا) (?:ايضا|المزيد|كذلك) ?\S.{0,150}")
_NOTICE = re.compile(
    r"\W{0,6}(?:(?:جميع )?(?:الحقوق محفوظه|حقوق (?:النشر|الطبع)).{0,120}|جميع المقالات المنشوره "
    r"تمثل راي.{0,80}|"
    r".{0,40}(?:المقال|المقاله|المقالات)"
    r" (?:لا )?(?:ت|ي)?عبر(?:ان)? .{0,100}|الاراء (?:ال)?وارده .{0,120}|.{0,30}(?:استلام|تلقي) "
    r"(?:اشعارات|"
    r"الاشعارات).{0,160}|"
    r"(?:تابعنا|تابعونا|تابعوا|للاشتراك|اشترك|اشتركوا|انضم|انضموا|حمل|حملوا|لمتابعه|لمتابعتنا"
    r"|للتواصل|"
    r"للاعلان)\b.{0,60}\b(?:قناتنا|نشرتنا|"
    r"النشره البريديه|صفحتنا|صفحاتنا|حسابنا|حساباتنا|تطبيق|تطبيقنا|التطبيق|الواتساب|واتساب"
    r"|تيليجرام|تيليغرام|تلغرام|"
    r"تويتر|فيسبوك|الفيسبوك|انستغرام|"
    r"يوتيوب|غوغل نيوز|جوجل نيوز|google news|اضغط هنا|rt|معنا)\b.{0,80}|تابعوا \S{1,20} علي:?|"
    r"(?:الكلمات|كلمات) (?:المفتاحيه|الدلاليه|مفتاحيه|دلاليه|البحث).{0,200}|(?:وسوم|الوسوم|هاشتاغ"
    r"|تاغ|تاجات|tags?|"
    r"keywords) ?[:|/].{0,200}|"
    r"(?:عدد )?(?:القراءات|المشاهدات|مشاهدات|الزيارات|القراء|مشاهده|التعليقات|تعليقات|تعليق) ?[:"
    r"|(]? ?\d{0,9}\)?|"
    r"\d{1,9} ?(?:مشاهده|مشاهدات|قراءه|زياره|تعليق|تعليقات|views?|comments?)|"
    r"(?:مده|وقت|زمن) القراءه.{0,40}|\d{1,2} (?:دقائق|دقيقه|دقيقتان) (?:قراءه|للقراءه)"
    r"|min(?:utes)? read|"
    r"حجم الخط.{0,30}|(?:رابط|الرابط) (?:مختصر|المختصر|الدائم|الخبر|المصدر).{0,150}"
    r"|https?://\S{1,300}|"
    r"www\.\S{1,200}|"
    r"لا (?:توجد|يوجد) تعليقات.{0,30}|اضف تعليق.{0,30}|اترك تعليق.{0,60}|كن اول من .{0,40}|"
    r"الرئيسيه ?[>»/|\u203a\u2039-].{0,120}|advertisement|اعلان|اعلانات|"
    r"(?:نشرت? في|تاريخ النشر|اخر تحديث|تم النشر|التاريخ|published(?: on)?|(?:last )?updated) ?:?|"
    r"هذا المحتوي .{0,160}|هذه الخدمه .{0,120}|تم نسخ الرابط|تم النسخ|انقر هنا.{0,80}|اضغط "
    r"هنا.{0,80}|"
    r"رقم الخبر ?:.{0,30}|رمز الخبر ?:.{0,30}|"
    r"كود الخبر ?:.{0,30}|news id ?:.{0,30}|id ?: ?\d{3,12}|الخبر السابق.{0,100}|الخبر التالي.{0,"
    r"100}|يتبع|"
    r"نهايه الرساله\.?)"
)
_RULE = re.compile(r"[\s\-–—_=*.ـ~•·#|/\\+<>]{3,200}")
_END_MARK = re.compile(
    r"[\s/\\#*()\[\].\-–—|_]{0,12}(?:انتهي|النهايه|نهايه الخبر|نهايه|انتهي الخبر|يتبع|"
    r"end)[\s/\\#*()\[\].\-–—|_]{0,12}(?:[\d ]{0,12}|[\d: ]{3,8} ?ت ?م)?[\s\d/\\#*()\[\].\-–—"
    r"|_]{0,14}"
)
_CLOCK = re.compile(r"\W{0,4}\d{1,2}[:.]\d\d ?(?:ت ?م|ت ?غ|جمت|gmt|ص|م|am|pm)?\W{0,4}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASHTAGS = re.compile(r"(?:#\w{2,40}\s{0,3}){1,15}")
_SECTIONS = frozenset(words("sections"))


FurnitureKind = RemovedKind | Literal["link"]


def furniture_kind(line: Line) -> FurnitureKind | None:
    """What kind of page furniture `line` is as a whole, "link" for a link to another article; None
    where it may be text.
    """
    return _kind(line.folded.text.strip()) if len(line.text) <= FOLDED else None


def is_section(text: str) -> bool:
    """Whether folded `text` is a page's section name standing above the title."""
    return text.strip(" :|/-•#*") in _SECTIONS


def _is_share(text: str) -> bool:
    """ "مشاركة عبر", "فيسبوك تويتر واتساب"."""
    return bool(_SHARE_LABEL.fullmatch(text) or (_SHARE.fullmatch(text) and _LETTERS.search(text)))


def _is_link(text: str) -> bool:
    """ "اقرأ أيضا: …", "ذات صلة"."""
    if len(text) > _LINK_LENGTH:
        return False
    if _LINK.fullmatch(text) or _LINK_LABEL.fullmatch(text):
        return True
    return bool(_LINK_ALSO.fullmatch(text)) and not text.endswith(".")


def _is_notice(text: str) -> bool:
    """ "جميع الحقوق محفوظة", "انتهى", "14:30", "#وسم"."""
    return any(form.fullmatch(text) for form in (_NOTICE, _END_MARK, _CLOCK, _HASHTAGS, _UUID))


def _is_sign(text: str) -> bool:
    """ "|", "…": no letter and no figure."""
    return not any(map(str.isalnum, text))


_KINDS: tuple[tuple[FurnitureKind, Callable[[str], object]], ...] = (
    ("furniture", _RULE.fullmatch),
    ("furniture", _is_sign),
    ("share", _is_share),
    ("photo", _PHOTO.fullmatch),
    ("link", _is_link),
    ("furniture", _is_notice),
)


@lru_cache(maxsize=8192)  # such lines recur from article to article
def _kind(text: str) -> FurnitureKind | None:
    return next((kind for kind, is_one in _KINDS if text and is_one(text)), None)
