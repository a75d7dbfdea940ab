"""Writes canonical.txt from Python's copy of the Unicode Character Database: canonical classes and decompositions, for NFC.
A line: code point, canonical class, then the decomposition (one step) if there is one; '!' where composition never goes back. Hangul is arithmetic.
Run from the root of the repository: python3 shared/Niche.Inference/Tokenizers/Unicode/make_canonical.py"""
import unicodedata as u

lines = []
for code in range(0x110000):
    char = chr(code)
    parts = u.decomposition(char)
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code < 0xD7A4: continue
    if parts.startswith("<"): parts = ""
    if not parts and not u.combining(char): continue
    back = "" if not parts or u.normalize("NFC", char) == char else " !"
    lines.append(f"{code:X} {u.combining(char)}{' ' if parts else ''}{parts}{back}")
with open("shared/Niche.Inference/Tokenizers/Unicode/canonical.txt", "w", encoding="ascii") as f:
    f.write(f"# Unicode {u.unidata_version}\n" + "\n".join(lines) + "\n")
