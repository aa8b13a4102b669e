"""Raw copy in the habits of many agencies and outlets, all of it invented: who sent it, when, what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from loader.extract import Extraction, extract
from loader.raw import RawArticle
from mappings.agencies import load_registry

TODAY = date(2026, 6, 1)

# Three paragraphs that belong to any of the articles; the first is a lead, long enough not to be a headline.
LEAD = (
    "افتتح وزير النقل صباحا الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل، بحضور عدد من المسؤولين وأهالي الحي "
    "الذين انتظروا هذا المشروع طويلا."
)
SECOND = "وقال الوزير إن الجسر سيخفف الازدحام في ساعات الصباح، وإن كلفته جاءت أقل مما كان مقدرا لها في بداية المشروع."
THIRD = "وأضاف أن الوزارة تدرس إنشاء ممر للدراجات إلى جانبه، وأن نتائج الدراسة ستعلن قبل نهاية الصيف."
TEXT = f"{LEAD}\n{SECOND}\n{THIRD}"
TITLE = "افتتاح الجسر الجديد في وسط المدينة"


@dataclass(frozen=True)
class Copy:
    """One raw article and what a sub-editor reads from it. `title` None: made from the lead."""

    habit: str
    raw: str
    agency: str | None = None
    published: str | None = None
    title: str | None = TITLE
    agencies: tuple[str, ...] | None = None
    outlet: str | None = None
    author: str | None = None
    gone: tuple[str, ...] = ()


COPIES = (
    # --- Datelines of Arab state agencies
    Copy(
        "SPA, both calendars, signed",
        f"{TITLE}\nالرياض 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس\n{TEXT}",
        "spa",
        "2015-08-10",
        gone=("واس", "شوال"),
    ),
    Copy(
        "SPA, both calendars, runs on",
        f"{TITLE}\nجدة 03 محرم 1441 هـ الموافق 02 سبتمبر 2019 م واس {TEXT}",
        "spa",
        "2019-09-02",
        gone=("واس",),
    ),
    Copy("SPA, byline with tatweel", f"{TITLE}\nالرياض ـ واس\n{TEXT}", "spa", gone=("واس",)),
    Copy("SPA, agency before city", f"{TITLE}\nواس - جدة\n{TEXT}", "spa"),
    Copy("SPA, city and colon", f"{TITLE}\nالرياض: واس\n{TEXT}", "spa"),
    Copy("SPA, no spaces", f"{TITLE}\nالرياض-واس\n{TEXT}", "spa"),
    Copy("SPA, brackets", f"{TITLE}\nمكة المكرمة (واس)\n{TEXT}", "spa"),
    Copy("SPA, closing mark", f"{TITLE}\n{TEXT}\n// انتهى //\n14:05 ت م", None, gone=("انتهى", "14:05")),
    Copy("WAM", f"{TITLE}\nأبوظبي في 3 يناير / وام / {TEXT}", "wam", "--01-03", gone=("/ وام /",)),
    Copy(
        "WAM, editors at the end",
        f"{TITLE}\nدبي في 3 يناير 2021 / وام / {TEXT}\nوام/سالم الكتبي/ هند الزرعوني",
        "wam",
        "2021-01-03",
        gone=("سالم",),
    ),
    Copy("KUNA", f"{TITLE}\nالكويت - 5 - 1 (كونا) -- {TEXT} (النهاية) ع ج", "kuna", "--01-05", gone=("كونا",)),
    Copy("QNA", f"{TITLE}\nالدوحة في 05 يناير /قنا/ {TEXT}", "qna", "--01-05", gone=("/قنا/",)),
    Copy("QNA, byline", f"{TITLE}\nالدوحة - قنا\n{TEXT}", "qna"),
    Copy("BNA", f"المنامة في 09 مارس / بنا / {TEXT}", "bna", "--03-09", None, gone=("/ بنا /",)),
    Copy("ONA", f"{TITLE}\nمسقط في 4 فبراير 2022 /العُمانية/ {TEXT}", "ona", "2022-02-04", gone=("العُمانية",)),
    Copy("PETRA", f"{TITLE}\nعمان 5 كانون الثاني (بترا)- {TEXT}\n--(بترا) ع ق/أ م", "petra", "--01-05", gone=("بترا",)),
    Copy(
        "PETRA with year and time",
        f"{TITLE}\nعمان 5 كانون الثاني 2021 (بترا) -- {TEXT}\n--(بترا)\n05/01/2021 14:20:11",
        "petra",
        "2021-01-05",
    ),
    Copy("MENA", f"{TITLE}\nالقاهرة – أ ش أ – {TEXT}", "mena", gone=("أ ش أ",)),
    Copy("MENA, dated, slashes", f"القاهرة في 12 مايو/أ ش أ/ {TEXT}", "mena", "--05-12", None, gone=("أ ش أ",)),
    Copy("MENA, dots", f"{TITLE}\nالقاهرة - أ.ش.أ\n{TEXT}", "mena"),
    Copy("MENA, nothing between", f"{TITLE}\nالقاهرة أ ش أ\n{TEXT}", "mena"),
    Copy("SANA", f"{TITLE}\nدمشق-سانا\n{TEXT}", "sana", gone=("سانا",)),
    Copy("SANA, province", f"{TITLE}\nدير الزور-سانا\n{TEXT}\nأحمد العلي ومنى حسن", "sana"),
    Copy("NNA", f"وطنية - صيدا - {TEXT}", "nna", None, None, gone=("وطنية",)),
    Copy("NNA, end rule", f"{TITLE}\nوطنية - {TEXT}\n============ع.غ", "nna", gone=("====",)),
    Copy(
        "WAFA", f"{TITLE}\nرام الله 7-2-2019 وفا- {TEXT}\nــــــــــــ\nر.ح", "wafa", "2019-02-07", gone=("وفا-", "ر.ح")
    ),
    Copy("INA", f"{TITLE}\nبغداد – واع\n{TEXT}", "ina"),
    Copy("INA, slash and hyphen", f"بغداد-واع-منى أحمد\n{TEXT}", "ina", None, None),
    Copy("Shafaq", f"شفق نيوز/ {TEXT}", "shafaq", None, None, gone=("شفق",)),
    Copy("Alsumaria", f"{TITLE}\nالسومرية نيوز/ بغداد\n{TEXT}", "sumerian"),
    Copy("MAP", f"{TITLE}\nالرباط - 4 غشت 2019 (ومع) {TEXT}", "map", "2019-08-04"),
    Copy("MAP, letters", f"{TITLE}\nالدار البيضاء/ 11 شتنبر 2020 (و م ع) {TEXT}", "map", "2020-09-11"),
    Copy("APS", f"{TITLE}\nالجزائر - {TEXT}\nوأج", "aps"),
    Copy("APS, dateline", f"{TITLE}\nوهران 9 جوان 2019 (واج) - {TEXT}", "aps", "2019-06-09"),
    Copy("TAP", f"{TITLE}\nتونس 6 فيفري 2020 (وات) - {TEXT}", "tap", "2020-02-06", gone=("(وات)",)),
    Copy("TAP, August", f"{TITLE}\nصفاقس 21 أوت 2020 (وات)- {TEXT}", "tap", "2020-08-21"),
    Copy("LANA", f"{TITLE}\nطرابلس 05 مايو 2019 م ( وال ) - {TEXT}", "lana", "2019-05-05"),
    Copy("SUNA", f"{TITLE}\nالخرطوم 5-1-2020 (سونا)- {TEXT}", "suna", "2020-01-05"),
    Copy("SABA", f"{TITLE}\n[05/مايو/2019]\nصنعاء - سبأ :\n{TEXT}\nسبأ", "saba", "2019-05-05", gone=("سبأ",)),
    Copy("SABA, Aden", f"{TITLE}\nعدن – سبأنت\n{TEXT}", "saba"),
    Copy("AMI", f"{TITLE}\nنواكشوط, 05/01/2020 - {TEXT}\n(و م أ)", "ami", "2020-01-05"),
    Copy("SONNA", f"{TITLE}\nمقديشو (صونا):- {TEXT}", "sonna"),
    Copy("UNA", f"{TITLE}\nجدة (يونا) – {TEXT}", "una"),
    Copy("Ma'an", f"{TITLE}\nبيت لحم- معا- {TEXT}", "maan"),
    Copy("Safa", f"{TITLE}\nغزة - صفا\n{TEXT}\nد م/أ ك", "safa"),
    # --- Foreign agencies in Arabic
    Copy("Xinhua", f"بكين 31 ديسمبر 2020 (شينخوا) {TEXT}", "xinhua", "2020-12-31", None, gone=("شينخوا",)),
    Copy("Xinhua, old slashes", f"القاهرة 2 يناير / شينخوا / {TEXT}", "xinhua", "--01-02", None),
    Copy("Xinhua, end", f"{TITLE}\nبكين 3 مايو 2019 (شينخوا) {TEXT} /نهاية الخبر/", "xinhua", "2019-05-03"),
    Copy("TASS", f"{TITLE}\nموسكو، 5 يناير/كانون الثاني 2023. /تاس/. {TEXT}", "tass", "2023-01-05", gone=("/تاس/",)),
    Copy("Sputnik", f"{TITLE}\nموسكو - سبوتنيك. {TEXT}", "sputnik", gone=("سبوتنيك",)),
    Copy("RIA", f"{TITLE}\n{TEXT}\nالمصدر: نوفوستي", "sputnik"),
    Copy("IRNA", f"{TITLE}\nطهران/ 5 أيار/ مايو/ ارنا- {TEXT}\nانتهى**1110", "irna", "--05-05", gone=("ارنا", "1110")),
    Copy("IRNA with year", f"طهران / 9 تشرين الثاني / نوفمبر 2023 / ارنا – {TEXT}", "irna", "2023-11-09", None),
    Copy("Tasnim footer", f"{TITLE}\n{TEXT}\nمصدر | وكالة للأنباء تسنيم |", "tasnim", gone=("مصدر",)),
    Copy("Tasnim end", f"{TITLE}\nطهران - تسنيم: {TEXT}\n/انتهى/", "tasnim", gone=("انتهى",)),
    Copy("Mehr", f"{TITLE}\nطهران - وكالة مهر للأنباء: {TEXT}", "mehr"),
    Copy("Fars", f"{TITLE}\nطهران (فارس) - {TEXT}", "fars"),
    Copy("Yonhap", f"{TITLE}\nسيئول، 5 يناير (يونهاب) -- {TEXT}\n(انتهى)", "yonhap", "--01-05"),
    Copy("Kyodo", f"{TITLE}\nطوكيو (كيودو) - {TEXT}", "kyodo"),
    Copy("Anadolu", f"{TITLE}\nإسطنبول/ سعيد عبد الرازق/ الأناضول\n{TEXT}", "anadolu", gone=("الأناضول",)),
    Copy("Anadolu, short", f"{TITLE}\nأنقرة / الأناضول\n{TEXT}", "anadolu"),
    Copy("Reuters", f"{TITLE}\nموسكو (رويترز) - {TEXT}", "reuters", gone=("رويترز",)),
    Copy(
        "Reuters, dated, desk",
        f"{TITLE}\nلندن 3 مارس آذار (رويترز) - {TEXT}\n(إعداد منى علي للنشرة العربية - تحرير أحمد حسن)",
        "reuters",
        "--03-03",
        gone=("للنشرة",),
    ),
    Copy("Reuters, correspondent", f"{TITLE}\nمن سامي خليل\nبيروت (رويترز) - {TEXT}", "reuters"),
    Copy("AFP", f"{TITLE}\nباريس (أ ف ب) – {TEXT}", "afp", gone=("أ ف ب",)),
    Copy("AFP, old figures", f"باريس 1-1 (اف ب)- {TEXT}", "afp", "--01-01", None),
    Copy("AFP, letters together", f"{TITLE}\nباريس - (أ.ف.ب):\n{TEXT}", "afp"),
    Copy("AP", f"{TITLE}\nواشنطن (أ ب) -- {TEXT}", "ap"),
    Copy("AP, full", f"{TITLE}\nبغداد (أسوشيتد برس) — {TEXT}", "ap"),
    Copy("dpa", f"{TITLE}\nبرلين (د ب أ)- {TEXT}", "dpa"),
    Copy("dpa, colon", f"{TITLE}\nبرلين – د ب أ: {TEXT}", "dpa"),
    Copy("EFE", f"{TITLE}\nمدريد، 4 مايو (إفي)- {TEXT}", "efe", "--05-04"),
    Copy("AKI", f"{TITLE}\nروما (4 أيار/مايو) وكالة (آكي) الإيطالية للأنباء – {TEXT}", "aki", "--05-04"),
    Copy("BelTA", f"{TITLE}\n5 مايو، مينسك /بيلتا/. {TEXT}", "belta", "--05-05"),
    Copy("Bloomberg", f'{TITLE}\n{TEXT}\nالمصدر: "بلومبرغ"', "bloomberg"),
    Copy("VNA", f"{TITLE}\nهانوي (وكالة الأنباء الفيتنامية) - {TEXT}", "vna"),
    Copy("Bernama", f"{TITLE}\nكوالالمبور - 5 مايو - برناما // {TEXT}", "bernama", "--05-05"),
    # --- Channels, papers, sites
    Copy(
        "Al Jazeera footer",
        f"{TITLE}\n{TEXT}\nالمصدر : الجزيرة + رويترز",
        "aljazeera",
        agencies=("aljazeera", "reuters"),
    ),
    Copy("Al Jazeera agencies", f"{TITLE}\n{TEXT}\nالمصدر : الجزيرة + وكالات", "aljazeera"),
    Copy("Al Jazeera, date line", f"{TITLE}\n10/5/2019\n{TEXT}\nالمصدر : وكالات", None, "2019-05-10", gone=("10/5",)),
    Copy("Al Arabiya", f"{TITLE}\nدبي - العربية.نت\n{TEXT}", "alarabiya", outlet="العربية"),
    Copy("Al Arabiya and wire", f"{TITLE}\nالعربية.نت، أ ف ب\n{TEXT}", "alarabiya", agencies=("alarabiya", "afp")),
    Copy("Al Arabiya, wire only", f"{TITLE}\nمدريد - فرانس برس\n{TEXT}", "afp"),
    Copy("Al Arabiya, author", f"{TITLE}\nالعربية.نت – منى الخطيب\n{TEXT}", "alarabiya", author="منى الخطيب"),
    Copy("Sky News Arabia", f"{TITLE}\nأبوظبي - سكاي نيوز عربية\n{TEXT}", "skynewsarabia"),
    Copy("Sky News, agencies", f"{TITLE}\nوكالات - أبوظبي\n{TEXT}", None, gone=("وكالات",)),
    Copy("RT", f"{TITLE}\n{TEXT}\nالمصدر: RT + وكالات", "rt"),
    Copy("RT, wire in quotes", f'{TITLE}\n{TEXT}\nالمصدر: "تاس"', "tass"),
    Copy("RT, tags", f"{TITLE}\n{TEXT}\nالمصدر: نوفوستي\nتابعوا RT على", "sputnik", gone=("تابعوا",)),
    Copy("BBC", f"{TITLE}\nمصدر الصورة، Getty Images\n{TEXT}", None, gone=("Getty",)),
    Copy("BBC, photo by an agency", f"{TITLE}\nصدر الصورة، AFP\n{TEXT}", None, gone=("AFP",)),
    Copy(
        "DW",
        f"{TITLE}\n{TEXT}\nع.ج/ م.س (د ب أ، أ ف ب، رويترز)",
        "dpa",
        agencies=("dpa", "afp", "reuters"),
        gone=("ع.ج",),
    ),
    Copy("France 24", f"{TITLE}\n{TEXT}\nفرانس24/ أ ف ب", "france24", agencies=("france24", "afp")),
    Copy("CNN", f"{TITLE}\nدبي، الإمارات العربية المتحدة (CNN)-- {TEXT}", "cnn", gone=("CNN",)),
    Copy(
        "Asharq Al-Awsat", f"{TITLE}\nلندن: «الشرق الأوسط»\n{TEXT}", None, outlet="الشرق الأوسط", gone=("الشرق الأوسط",)
    ),
    Copy("Asharq Al-Awsat, reporter", f"{TITLE}\nالقاهرة: منى عبد الله\n{TEXT}", None, gone=("منى",)),
    Copy("Al-Ahram gate", f"{TITLE}\nأ ش أ\n{TEXT}", "mena"),
    Copy("Youm7", f"{TITLE}\nكتب أحمد حسن\n{TEXT}", None, author="أحمد حسن", gone=("كتب",)),
    Copy("Youm7, wire", f"{TITLE}\nبرلين (أ ش أ)\n{TEXT}", "mena"),
    Copy(
        "Youm7, English date line",
        f"{TITLE}\nWednesday, 05 May 2021 10:30 ص\nكتبت منى علي\n{TEXT}",
        None,
        "2021-05-05",
        gone=("May",),
    ),
    Copy("Al Masry Al Youm", f"{TITLE}\nكتب: أحمد حسن، منى علي\n{TEXT}", None),
    Copy("Al Masry Al Youm, wires", f"{TITLE}\nرويترز، أ.ف.ب\n{TEXT}", "reuters", agencies=("reuters", "afp")),
    Copy("Hespress", f"{TITLE}\nهسبريس - و.م.ع\n{TEXT}", "map", outlet="هسبريس"),
    Copy("Hespress, place", f"{TITLE}\nهسبريس من الرباط\n{TEXT}", None, outlet="هسبريس"),
    Copy("El Khabar", f"{TITLE}\nالخبر أونلاين/ وأج\n{TEXT}", "aps"),
    Copy("An-Nahar", f'{TITLE}\nالمصدر: "النهار"\n{TEXT}', None, outlet="النهار"),
    Copy("An-Nahar, wire", f'{TITLE}\nالمصدر: "أ ف ب"\n{TEXT}', "afp"),
    Copy("Al Riyadh", f"{TITLE}\nالرياض - واس\n{TEXT}", "spa"),
    Copy("Okaz", f"{TITLE}\n«عكاظ» (جدة)\n{TEXT}", None, outlet="عكاظ"),
    Copy("Al-Jazirah daily", f"{TITLE}\nالجزيرة - الرياض\n{TEXT}", None, outlet="الجزيرة (السعودية)"),
    Copy("Al-Jazirah, wire", f"{TITLE}\nالقاهرة - واس\n{TEXT}", "spa"),
    Copy("Sabq", f"{TITLE}\nسبق- واس\n{TEXT}", "spa"),
    Copy("Elaph", f"{TITLE}\nإيلاف من لندن\n{TEXT}", None, outlet="إيلاف"),
    Copy("Al Quds", f"{TITLE}\nلندن – «القدس العربي»: {TEXT}", None, outlet="القدس العربي"),
    Copy("Independent Arabia", f"{TITLE}\nرويترز\nالخميس 14 مايو 2020 10:05\n{TEXT}", "reuters", "2020-05-14"),
    Copy(
        "Arabi21",
        f"{TITLE}\nلندن- عربي21\nالأربعاء، 05 مايو 2021 02:10 م بتوقيت غرينتش\n{TEXT}",
        None,
        "2021-05-05",
        gone=("غرينتش",),
    ),
    Copy("Al-Araby, wires", f"{TITLE}\nأنقرة - العربي الجديد، رويترز\n{TEXT}", "reuters", outlet="العربي الجديد"),
    Copy("Noon Post, English stamp", f"{TITLE}\nMay 5, 2021\n{TEXT}", None, "2021-05-05", gone=("May",)),
    Copy(
        "Old corpus, English stamp",
        f"Monday, February 15, 2010\n{TITLE}\nالقاهرة - رويترز\n{TEXT}",
        "reuters",
        "2010-02-15",
    ),
    Copy(
        "Saudi paper, both calendars",
        f"{TITLE}\nالاثنين 25 شوال 1436 هـ - 10 أغسطس 2015م\nالرياض - محمد السالم\n{TEXT}",
        None,
        "2015-08-10",
        gone=("شوال",),
    ),
    Copy("Hijri only", f"{TITLE}\nالرياض 25 شوال 1436 هـ واس\n{TEXT}", "spa", "2015-08-10"),
    Copy("ISO stamp", f"{TITLE}\n2021-05-05T08:00:00+03:00\n{TEXT}", None, "2021-05-05"),
    Copy(
        "published and updated",
        f"{TITLE}\nنشر في: 5 مايو 2021 - 10:00 آخر تحديث: 6 مايو 2021 - 08:00\n{TEXT}",
        None,
        "2021-05-05",
    ),
    Copy("Persian digits", f"{TITLE}\nطهران/ ۵ ایار/ مایو ۲۰۲۱/ ارنا- {TEXT}", "irna", "2021-05-05"),
    Copy("Arabic-Indic digits", f"{TITLE}\nالقاهرة في ٥ مايو ٢٠٢١ - أ ش أ - {TEXT}", "mena", "2021-05-05"),
    # --- Damaged spacing
    Copy("no space after the dash", f"{TITLE}\nبيروت -رويترز\n{TEXT}", "reuters"),
    Copy("dashes without spaces", f"{TITLE}\nالقاهرة–أ ف ب\n{TEXT}", "afp"),
    Copy("dateline glued", f"بكين31ديسمبر2020(شينخوا){TEXT}", "xinhua", "2020-12-31", None),
    Copy("bracket glued", f"{TITLE}\nموسكو(رويترز)-{TEXT}", "reuters"),
    Copy("many spaces", f"{TITLE}\n  القاهرة   -    أ   ش   أ  \n{TEXT}", "mena"),
    Copy("footer glued", f"{TITLE}\n{TEXT}\nالمصدر:رويترز", "reuters"),
    Copy("footer at the end of a paragraph", f"{TITLE}\n{TEXT} المصدر: رويترز", "reuters", gone=("المصدر",)),
    Copy("double dots", f"{TITLE}\nواشنطن .. رويترز\n{TEXT}", "reuters"),
    # --- Footers
    Copy("source on its own line", f"{TITLE}\n{TEXT}\nالمصدر\nرويترز", "reuters", gone=("المصدر",)),
    Copy("sources", f"{TITLE}\n{TEXT}\nالمصدر: رويترز، أ ف ب", "reuters", agencies=("reuters", "afp")),
    Copy("joined by and", f"{TITLE}\n{TEXT}\nالمصدر: رويترز وأ ف ب ووكالات", "reuters", agencies=("reuters", "afp")),
    Copy("Source in English", f"{TITLE}\n{TEXT}\nSource: Reuters", "reuters"),
    Copy("unknown source", f"{TITLE}\n{TEXT}\nالمصدر: صدى الوادي", None, gone=("صدى الوادي",)),
    Copy("initials last", f"{TITLE}\n{TEXT}\n(أ ف ب)", "afp", gone=("أ ف ب",)),
    Copy("initials after the last sentence", f"{TITLE}\n{TEXT} (د ب أ)", "dpa", gone=("د ب أ",)),
    Copy("Latin name last", f"{TITLE}\n{TEXT}\nAFP", "afp"),
    Copy("adapted from", f"{TITLE}\n{TEXT}\nنقلا عن: رويترز", "reuters"),
    Copy(
        "footer over dateline outlet",
        f"{TITLE}\nلندن (رويترز) - {TEXT}\nالمصدر: سكاي نيوز عربية",
        "reuters",
        outlet="سكاي نيوز عربية",
    ),
    # --- Quoted, never the source
    Copy(
        "quoted in brackets",
        f"{TITLE}\nقالت وكالة الأنباء السعودية (واس) إن الجسر افتتح صباحا بحضور الأهالي وعدد من المهندسين الذين عملوا فيه.\n{SECOND}",
        None,
    ),
    Copy("quoted at the end", f"{TITLE}\n{LEAD}\n{SECOND[:-1]}، وفق ما نقلت وكالة رويترز.", None),
    Copy("quoted at the end in quotes", f'{TITLE}\n{LEAD}\n{SECOND[:-1]}، بحسب "فرانس برس".', None),
    Copy("quoted at the end in brackets", f"{TITLE}\n{LEAD}\n{SECOND[:-1]}، بحسب وكالة (رويترز)", None),
    Copy("quoting headline", f"رويترز: افتتاح الجسر الجديد\n{TEXT}", None, None, "رويترز: افتتاح الجسر الجديد"),
    Copy(
        "quoted in the lead",
        f"{TITLE}\nأفادت وكالة رويترز نقلا عن مصدر في الوزارة أن الجسر سيفتح أمام المركبات الثقيلة في الأسبوع المقبل بعد تجارب.\n{THIRD}",
        None,
    ),
    # --- Words that look like names
    Copy("ordinary word kuna", f"كونا فريقا واحدا منذ سنوات\n{TEXT}", None, None, "كونا فريقا واحدا منذ سنوات"),
    Copy(
        "ordinary word qina",
        f"{TITLE}\nتشهد محافظة قنا - وهي من محافظات الصعيد - افتتاح جسر جديد يربط ضفتي النيل ويخفف الازدحام عن وسط المدينة.\n{SECOND}",
        None,
    ),
    Copy("fars as a name", f"{TITLE}\nكتب: فارس العلي\n{TEXT}", None, author="فارس العلي"),
    Copy("french republic", f"الجمهورية الفرنسية - تعديل جديد\n{TEXT}", None, None, "الجمهورية الفرنسية - تعديل جديد"),
    # --- Dates
    Copy(
        "today",
        f"{TITLE}\nافتتح وزير النقل اليوم الأربعاء 5 مايو/أيار 2021 الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل المتواصل.\n{SECOND}",
        None,
        "2021-05-05",
    ),
    Copy(
        "yesterday",
        f"{TITLE}\nافتتح وزير النقل أمس الثلاثاء 4 أيار 2021 الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل المتواصل.\n{SECOND}",
        None,
        "2021-05-05",
    ),
    Copy(
        "day before yesterday",
        f"{TITLE}\nافتتح الوزير أول أمس الاثنين 3 مايو 2021 الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل المتواصل فيه.\n{SECOND}",
        None,
        "2021-05-05",
    ),
    Copy(
        "tomorrow",
        f"{TITLE}\nيفتتح الوزير غدا الخميس 6 مايو 2021 الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل المتواصل في بنائه.\n{SECOND}",
        None,
        "2021-05-05",
    ),
    Copy(
        "today in history",
        f"{TITLE}\nفي مثل هذا اليوم 5 مايو 1955 افتتح الجسر القديم الذي يربط ضفتي المدينة، وظل وحيدا نحو سبعين عاما كاملة.\n{SECOND}",
        None,
    ),
    Copy(
        "merely mentioned",
        f"{TITLE}\n{LEAD}\nوكان الجسر القديم قد أغلق في 5 مايو 2019 بعد ظهور شقوق فيه، ثم هدم في 10 يونيو 2020.",
        None,
    ),
    Copy("impossible", f"{TITLE}\nالقاهرة 31 فبراير 2021 (رويترز) - {TEXT}", "reuters"),
    Copy("wrong weekday", f"{TITLE}\nنشر في: الخميس 5 مايو 2021\n{TEXT}", None, gone=("نشر",)),
    Copy("contradicting calendars", f"{TITLE}\nالرياض 25 شوال 1436 هـ الموافق 10 يناير 2015 م واس\n{TEXT}", "spa"),
    Copy("misspelt month", f"{TITLE}\nبيروت 5 نوفمير 2020 (رويترز) - {TEXT}", "reuters", "2020-11-05"),
    Copy("future", f"{TITLE}\nنشر في: 5 مايو 2031\n{TEXT}", None),
    Copy("month day, year", f"{TITLE}\nمايو 5, 2021\n{TEXT}", None, "2021-05-05"),
    Copy("dateline weekday", f"{TITLE}\nالقاهرة، الأربعاء 5 مايو 2021 (أ ش أ) - {TEXT}", "mena", "2021-05-05"),
    # --- Headers with labels, furniture
    Copy(
        "labelled header",
        f"العنوان: {TITLE}\nالتاريخ: 2021-05-05\nالمصدر: رويترز\n{TEXT}",
        "reuters",
        "2021-05-05",
        gone=("العنوان", "التاريخ"),
    ),
    Copy("section above the title", f"اقتصاد\n{TITLE}\nالقاهرة - رويترز\n{TEXT}", "reuters", gone=("اقتصاد",)),
    Copy(
        "shares",
        f"{TITLE}\nمشاركة عبر فيسبوك تويتر واتساب\n{TEXT}\nشارك المقال\nفيسبوك\nتويتر",
        None,
        gone=("فيسبوك", "شارك"),
    ),
    Copy(
        "related link",
        f"{TITLE}\n{LEAD}\nاقرأ أيضا: حديقة جديدة على ضفة النهر\n{SECOND}\n{THIRD}",
        None,
        gone=("حديقة",),
    ),
    Copy("photo lines", f"{TITLE}\nالصورة: مكتب الوزارة\n{TEXT}\nتصوير: منى علي", None, gone=("الصورة", "تصوير")),
    Copy(
        "keywords",
        f"{TITLE}\n{TEXT}\nكلمات مفتاحية: جسر، نقل، مدينة\nرابط مختصر: https://example.org/a",
        None,
        gone=("مفتاحية", "رابط"),
    ),
    Copy("torn markup", f"{TITLE}\n=”text-align:justify”>{TEXT}<br>", None, gone=("text-align", "<br>")),
    Copy("two places", f"{TITLE}\nبيروت ودمشق - رويترز\n{TEXT}", "reuters"),
    Copy("unknown town", f"{TITLE}\nكفر نعمة (رويترز) - {TEXT}", "reuters"),
    Copy("town and country", f"{TITLE}\nكفر نعمة (لبنان) - فرانس برس\n{TEXT}", "afp"),
    Copy("misspelt agency", f"{TITLE}\nروما – أسوشيتدر برس\n{TEXT}", "ap"),
    Copy("scrambled name", f"{TITLE}\n{TEXT}\nالمصدر: للأنباء وكالة تسنيم", "tasnim"),
    Copy("name with nationality", f"{TITLE}\n{TEXT}\nالمصدر: وكالة أنباء الأناضول التركية", "anadolu"),
    Copy("name and initials", f"{TITLE}\n{TEXT}\nالمصدر: وكالة الأنباء السعودية (واس)", "spa", agencies=("spa",)),
)


def read(raw: str, path: str = "a.txt") -> Extraction:
    return extract(RawArticle("archive", path, raw), load_registry(), today=TODAY)


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy.habit)
def test_reads_as_a_sub_editor_would(copy: Copy) -> None:
    found = read(copy.raw)
    assert (found.agencies[0] if found.agencies else None) == copy.agency
    if copy.agencies is not None:
        assert found.agencies == copy.agencies
    assert found.published_text == copy.published
    if copy.title is None:
        assert found.title_origin == "lead"
    else:
        assert (found.title, found.title_origin) == (copy.title, "line")
    if copy.outlet is not None:
        assert found.outlet == copy.outlet
    if copy.author is not None:
        assert found.author == copy.author
    for words in copy.gone:
        assert words not in found.body
    for sentence in (LEAD, SECOND, THIRD):
        if sentence in copy.raw:
            assert sentence in found.body
