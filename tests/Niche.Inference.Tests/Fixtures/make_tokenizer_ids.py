"""Writes tokenizer-ids.json: ids by the training program's own tokenizer (gpu-endpoint/training/tokenizer.py, plain Python, no torch).
Run from the root of the repository: python3 tests/Niche.Inference.Tests/Fixtures/make_tokenizer_ids.py"""
import json, random, sys

sys.path.insert(0, "gpu-endpoint/training")
from tokenizer import Bpe

MODELS = "gpu-endpoint/models"
TEXTS = [
    "", " ", "a", "a red house in the mountains at night with a full moon", "A RED House", "  two   pines\tby\nthe beach  ",
    "it's the sailor's boat, we've seen it; they'll say 'no'", "3 firs, 12 tents & 100% snow!!!", "an antidisestablishmentarian zebra",
    "caf\u00e9 na\u00efve \u00fcber stra\u00dfe", "\u6771\u4eac\u306e\u591c\u666f", "\U0001f680 a rocket \U0001f303\U0001f303", "\u041a\u0440\u0430\u0441\u043d\u044b\u0439 \u0434\u043e\u043c",
    "a painting of " + "very " * 60 + "small house", "x" * 300, "...---...", "a purple castle (blue roof) [left]", "tab\ttab", "trailing space ",
    "\u0645\u0646\u0632\u0644 \u0623\u062d\u0645\u0631", "sunset;sunrise:dawn/dusk", "A&B a+b=c", "don't DON'T I'm I'LL",
]
r = random.Random(5)
WORDS = "a red blue yellow castle lighthouse on the left right at sunset dawn night in mountains forest desert with clouds moon Pine TENT qwx 7 ! , .".split()
TEXTS += [" ".join(r.choice(WORDS) for _ in range(r.randint(1, 30))) for _ in range(40)]

clip = Bpe.load(f"{MODELS}/niche-scenes/tokenizer", True, 32)
gpt = Bpe.load(f"{MODELS}/niche-prompt-lm", False, 64)
rows = [{"text": t, "clip": clip.encode(t), "gpt2": gpt.raw(t)} for t in TEXTS]
with open("tests/Niche.Inference.Tests/Fixtures/tokenizer-ids.json", "w", encoding="utf-8") as f:
    f.write("[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n")
