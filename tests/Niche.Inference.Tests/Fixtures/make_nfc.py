"""Writes nfc.json: texts and their form C by Python's unicodedata. Every character that decomposes, then random rows of marks and letters.
Run from the root of the repository: python3 tests/Niche.Inference.Tests/Fixtures/make_nfc.py"""
import json, random, unicodedata as u

r = random.Random(3)
touchy = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000 and (u.combining(chr(c)) or (u.decomposition(chr(c)) and not u.decomposition(chr(c)).startswith("<")))]
jamo = [chr(c) for c in [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A7, 0x11C3)]]
rows = ["".join(touchy[i:i + 40]) for i in range(0, len(touchy), 40)] + ["".join(map(chr, range(c, c + 40))) for c in range(0xAC00, 0xD7A0, 997)]
pools = [touchy, jamo, list("aeouAEO \u0300\u0301\u0302\u0323\u0327\u0328\u05b4\u05bc\u0c46\u0c56\uac00\uac01")]
rows += ["".join(r.choice(r.choice(pools)) for _ in range(r.randint(1, 16))) for _ in range(400)]
with open("tests/Niche.Inference.Tests/Fixtures/nfc.json", "w", encoding="ascii") as f:
    f.write("[\n" + ",\n".join(json.dumps([t, u.normalize("NFC", t)]) for t in rows) + "\n]\n")
