"""Names that name nobody in particular, told from those of people, bands, firms and places."""

import pytest

from api.language.words.crowds import is_crowd

CROWDS = {
    "en": [
        "Multiple sources",
        "Social media users",
        "Unknown",
        "N/A",
        "n.a.",
        "Anonymous",
        "Several",
    ],
    "es": ["Varias fuentes", "Usuarios de redes sociales", "Fuentes anónimas"],
    "pt": ["Usuários do Facebook", "Autor desconhecido", "Várias publicações"],
    "fr": ["Plusieurs sources", "Internautes", "Publications Facebook"],
    "de": ["Internetnutzer", "Facebook-Nutzer", "Nutzer in sozialen Medien", "Unbekannt"],
    "it": ["Utenti sui social", "Fonti anonime", "Post virali"],
    "nl": ["Verschillende bronnen", "Gebruikers op sociale media"],
    "sv": ["Flera källor", "Användare på sociala medier"],
    "pl": ["Użytkownicy Facebooka", "Różne źródła"],
    "cs": ["Uživatelé sociálních sítí"],
    "tr": ["Sosyal medya kullanıcıları", "Bilinmeyen"],
    "ru": ["Пользователи соцсетей", "Анонимные источники", "Несколько источников"],
    "uk": ["Користувачі Facebook", "Невідомий"],
    "el": ["Χρήστες των μέσων κοινωνικής δικτύωσης"],
    "ar": ["مستخدمو مواقع التواصل الاجتماعي", "مصادر متعددة"],
    "he": ["משתמשים ברשתות החברתיות"],
    "hi": ["सोशल मीडिया यूजर्स", "अज्ञात"],
    "id": ["Pengguna media sosial", "Warganet"],
    "vi": ["Cư dân mạng", "Nhiều người dùng Facebook"],
    "zh": ["社交媒体用户", "多个来源", "网友"],
    "ja": ["複数のSNSユーザー", "匿名"],
    "ko": ["소셜미디어 이용자들", "익명"],
    "th": ["ผู้ใช้เฟซบุ๊ก"],
}
SOMEBODY = [
    "John Posts",
    "Maria Several",
    "Viral Shah",
    "Larry Page",
    "Malcolm X",
    "Line Hansen",
    "Kim Source",
    "The Who",
    "Anonymous (group)",
    "Many Hands",
    "Unknown Mortal Orchestra",
    "Facebook",
    "X",
    "Meta Platforms",
    "Truth Social",
    "Signal Foundation",
    "People",
    "The Post",
    "The Independent",
    "Media",
    "Article 19",
    "Government",
    "Las Vegas",
    "Most",
    "中国",
    "朝日新聞",
    "网易",
]


@pytest.mark.parametrize("name", [name for names in CROWDS.values() for name in names])
def test_a_crowd_is_nobody_in_particular(name):
    assert is_crowd(name)
    assert is_crowd(f" {name.upper()} ")


@pytest.mark.parametrize("name", ["-", "?", "…", ""])
def test_a_name_without_letters_names_nobody(name):
    assert is_crowd(name)


@pytest.mark.parametrize("name", SOMEBODY)
def test_one_word_more_makes_it_somebodys(name):
    assert not is_crowd(name)
