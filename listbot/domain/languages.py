"""Names of the languages that clients and takers speak, by ISO 639-1 code."""

from __future__ import annotations

_NAMES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bm": "Bambara",
    "bn": "Bengali", "bs": "Bosnian", "cs": "Czech", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fa": "Farsi", "ff": "Fula", "fr": "French", "gn": "Guarani", "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "ht": "Haitian Creole", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "ig": "Igbo", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean",
    "ku": "Kurdish", "ky": "Kyrgyz", "ln": "Lingala", "lo": "Lao", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "om": "Oromo", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "qu": "Quechua", "rn": "Kirundi", "ro": "Romanian", "ru": "Russian", "rw": "Kinyarwanda",
    "si": "Sinhala", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sw": "Swahili", "ta": "Tamil", "te":
    "Telugu", "tg": "Tajik", "th": "Thai", "ti": "Tigrinya", "tk": "Turkmen", "tl": "Tagalog", "tr": "Turkish", "ug":
    "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "wo": "Wolof", "yo": "Yoruba", "zh":
    "Chinese",
}  # fmt: skip

_CODES = {name.casefold(): code for code, name in _NAMES.items()} | {
    "mandarin": "zh", "cantonese": "zh", "persian": "fa", "dari": "fa", "kreyol": "ht", "creole": "ht", "fulani":
    "ff", "filipino": "tl", "español": "es", "espanol": "es", "castellano": "es", "português": "pt", "français": "fr",
}  # fmt: skip


def language_name(code: str) -> str:
    """The English name of a code; a language without one is known by its name already."""
    return _NAMES.get(code.casefold(), code)


def language_code(words: str) -> str:
    """The code for a code or a name; a language without a code keeps its name ("Mam")."""
    folded = words.strip().casefold()
    return folded if folded in _NAMES else _CODES.get(folded, words.strip())
