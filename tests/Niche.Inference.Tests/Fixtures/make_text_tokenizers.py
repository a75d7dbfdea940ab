"""Writes tokenizers/*.json (tiny tokenizers of our own, each with the structure of one family) and text-tokenizer-ids.json (ids of many texts).

The ids come from the tokenizers library itself, by tokenizer-ids.mjs: `npm install @anush008/tokenizers` (native bindings of tokenizers 0.22)
in a folder of its own, then from the root of the repository:
    NODE_PATH=that/folder/node_modules python3 tests/Niche.Inference.Tests/Fixtures/make_text_tokenizers.py
tokenizers/*.model and sentencepiece-ids.json come from the sentencepiece library (python3-sentencepiece), by make_sentencepiece.py."""
import json, os, random, re, subprocess, sys
from collections import Counter

HERE = "tests/Niche.Inference.Tests/Fixtures"
CORPUS = ("a red lighthouse by the sea at night, the lights of 1234 houses; it's 'twas I'll we've they're don't HE'S\n\n  two   pines\tby the beach  "
          "def f(x):\n    return x + 1\n\n\n caf\u00e9 na\u00efve \u00fcber stra\u00dfe \u6771\u4eac\u306e\u591c\u666f \u041a\u0440\u0430\u0441\u043d\u044b\u0439 \u0434\u043e\u043c "
          "the red house and the blue house in the mountains, 2024-11-25 at 10:30! ... (really?) user assistant system hello world ") * 3
TEXTS = [
    "", " ", "  ", "a", "hello world", "a red lighthouse by the sea at night", "  two   pines\tby\nthe beach  ", "trailing  ", "\n\n\n", " \n \n x", "\r\n\r\nx",
    "it's IT'S We'Ve they'RE 'll 'tis I'd", "1 12 123 1234 12345 1,234.56", "x = [1,2,3];\n    return x**2\n\n", "caf\u00e9 na\u00efve \u00fcber stra\u00dfe", "cafe\u0301 e\u0302\u0323 \u1100\u1161\u11a8",
    "\u6771\u4eac\u306e\u591c\u666f", "\U0001f680 a rocket \U0001f303\U0001f303", "\U0001d400\U0001d401 \U0002000b\U0002a6d6 \U0001d7d8\U0001d7d9 \U00010400\U00010428", "\u041a\u0440\u0430\u0441\u043d\u044b\u0439 \u0434\u043e\u043c",
    "\u0645\u0646\u0632\u0644 \u0623\u062d\u0645\u0631", "\u0939\u093f\u0928\u094d\u0926\u0940", "a\u00a0b\u3000c\u2028d\u200be", "\u00bd \u2160 \u0661\u0662 \u24b6", "\u2581a \u2581\u2581b",
    "<s>hello</s>", "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nhello<|eot_id|>", "<|im_start|>user\nhello<|im_end|>\n", "<|user|>\n hello <|end|>  \n<|assistant|>",
    "<bos><start_of_turn>user\nhello<end_of_turn>\n", "[INST] hello [/INST]", "x<|end|>y <|end|> z", "<<|end|>>", "<|en", "<0x41><0x0A>", "<unk>", "<|endoftext|>", "        deep", "a<pad> b", "wordmaskword mask",
    "x" * 300, "ab" * 100, " " * 70 + "z", "...---...", "a_b-c/d\\e", "HTTPServerError camelCaseName", "\u4e00\u3042\u30a2\uac00", "\ufffd\ufeff",
]
r = random.Random(7)
ALPHABET = "a e t 1 2 ' . , ! \n \t \u00e9 \u0301 \u6771 \U0001f680 \U0001d400 \u0434 < | > s house red the \u00a0 \u3000 \r".split(" ") + [" ", " ", "  "]
TEXTS += ["".join(r.choice(ALPHABET) for _ in range(r.randint(1, 40))) for _ in range(60)]

GPT2 = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
BYTES_ONLY = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
CL100K = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
POSSESSIVE = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"
QWEN = CL100K.replace(r"\p{N}{1,3}", r"\p{N}")
O200K = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"])


def split(pattern, behavior="Isolated"): return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": False}
def sequence(*steps): return {"type": "Sequence", "pretokenizers": list(steps)}
def token(id, content, special=True, **more):
    return {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": special} | more
def start(content, id): return {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": content, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
    "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {content: {"id": content, "ids": [id], "tokens": [content]}}}


def byte_chars():
    keep = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256)); more = iter(range(256, 512))
    return [chr(b) if b in keep else chr(next(more)) for b in range(256)]


BYTES = byte_chars()


def train(words, count):
    table, merges = {tuple(w): c for w, c in Counter(words).items()}, []
    while len(merges) < count:
        pairs = Counter()
        for s, c in table.items():
            for p in zip(s, s[1:]): pairs[p] += c
        if not pairs: break
        a, b = max(pairs, key=lambda p: (pairs[p], p)); merges.append((a, b)); joined = {}
        for s, c in table.items():
            out, i = [], 0
            while i < len(s):
                if i + 1 < len(s) and s[i] == a and s[i + 1] == b: out.append(a + b); i += 2
                else: out.append(s[i]); i += 1
            joined[tuple(out)] = joined.get(tuple(out), 0) + c
        table = joined
    return merges


def byte_level(normalizer, cut, specials, post=None, merges=260, **model):
    words = ["".join(BYTES[b] for b in w.encode()) for w in re.findall(r"'\w+| ?\w+| ?[^\w\s]+|\s+(?!\S)|\s+", CORPUS)]
    merged = train(words, merges)
    vocab = {}
    for t in BYTES + [a + b for a, b in merged]: vocab.setdefault(t, len(vocab))
    added = [token(len(vocab) + i, *([t] if isinstance(t, str) else t[:1]), **({} if isinstance(t, str) else t[1])) for i, t in enumerate(specials)]
    pairs = [list(m) for m in merged] if model.pop("pairs", False) else [" ".join(m) for m in merged]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": normalizer, "pre_tokenizer": cut,
            "post_processor": post(added) if post else {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True},
            "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": False,
                      "byte_fallback": False, "vocab": vocab, "merges": pairs} | model}


def pieces(normalizer, cut, specials, post, unk="<unk>", across=False, merges=220, decoder=None, fallback=True):
    text = "\u2581" + CORPUS.replace(" ", "\u2581")
    words = re.findall(r"\u2581+[^\u2581\n]*|[^\u2581]|\n+", text) if not across else re.findall(r".{1,12}", text, re.S)
    chars = sorted(set("".join(words)) - set("\u591c\u00fc"))
    merged = [(a, b) for a, b in train(words, merges) if not set(a + b) & set("\u591c\u00fc")]
    vocab = {}
    plain = [t if isinstance(t, str) else t[0] for t in specials]
    lead = [t for t in plain if t in ("<unk>", "<s>", "</s>", "<pad>", "<eos>", "<bos>")]
    for t in lead + ([f"<0x{b:02X}>" for b in range(256)] if fallback else []) + chars + [a + b for a, b in merged]: vocab.setdefault(t, len(vocab))
    added, extra = [], len(vocab)
    for t in specials:
        name, more = (t, {}) if isinstance(t, str) else t
        id = vocab.get(name)
        if id is None: id = extra; extra += 1
        added.append(token(id, name, **more))
    added.sort(key=lambda t: t["id"])
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": normalizer, "pre_tokenizer": cut,
            "post_processor": start(post, vocab[post]),
            "decoder": decoder or {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
                                                        {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
            "model": {"type": "BPE", "dropout": None, "unk_token": unk, "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": True,
                      "byte_fallback": fallback, "ignore_merges": False, "vocab": vocab, "merges": [list(m) for m in merged] if across else [" ".join(m) for m in merged]}}


LLAMA2 = {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "\u2581"}, {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]}
SPACES = {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}
FAMILIES = {
    "gpt2": byte_level(None, GPT2, ["<|endoftext|>"]),
    "phi2": byte_level(None, GPT2, ["<|endoftext|>"] + [(" " * n, dict(special=False, normalized=True)) for n in range(8, 1, -1)]),
    "phi4": byte_level(None, sequence(split(POSSESSIVE), BYTES_ONLY), [("<|endoftext|>", dict(lstrip=True, rstrip=True)), ("<|im_start|>", dict(lstrip=True, rstrip=True)),
        ("<|im_end|>", dict(lstrip=True, rstrip=True)), ("<think>", dict(special=False))]),
    "phi4-mini": byte_level(None, sequence(split(O200K, "Removed") | {"invert": True}, BYTES_ONLY), ["<|endoftext|>", ("<|end|>", dict(rstrip=True)), "<|user|>", "<|assistant|>"]),
    "llama3": byte_level(None, sequence(split(CL100K), BYTES_ONLY), ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
        lambda added: {"type": "Sequence", "processors": [{"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}, start("<|begin_of_text|>", added[0]["id"])]},
        ignore_merges=True, pairs=True),
    "qwen2": byte_level({"type": "NFC"}, sequence(split(QWEN), BYTES_ONLY), ["<|endoftext|>", "<|im_start|>", "<|im_end|>", ("<tool_call>", dict(special=False))]),
    "deepseek": byte_level({"type": "Sequence", "normalizers": []}, sequence(split(r"[\r\n]"), split(r"\s?\p{L}+"), split(r"\s?\p{P}+"), split("[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+"), {"type": "Digits", "individual_digits": True}, BYTES_ONLY),
        ["<|endoftext|>"], lambda added: start("<|endoftext|>", added[0]["id"])),
    "starcoder": byte_level(None, sequence({"type": "Digits", "individual_digits": False}, {"type": "Punctuation", "behavior": "Contiguous"}, GPT2 | {"add_prefix_space": True}), ["<|endoftext|>",
        ("mask", dict(single_word=True, special=False, normalized=True))]),
    "llama2": pieces(LLAMA2, None, ["<unk>", "<s>", "</s>"], "<s>", across=True),
    "llama2-old": pieces(LLAMA2, None, [("<unk>", dict(normalized=True)), ("<s>", dict(normalized=True)), ("</s>", dict(normalized=True))], "<s>"),
    "phi3": pieces(LLAMA2, None, ["<unk>", "<s>", ("</s>", dict(rstrip=True, special=False)), "<|endoftext|>", ("<|assistant|>", dict(rstrip=True)), ("<|end|>", dict(rstrip=True)), ("<|user|>", dict(rstrip=True))], "<s>"),
    "mistral": pieces(None, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": False}, ["<unk>", "<s>", "</s>", "[INST]", "[/INST]"], "<s>",
        decoder={"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": False}]}),
    "metaspace": pieces(None, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}, ["<unk>", "<s>", "</s>"], "<s>", fallback=False,
        decoder={"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}),
    "gemma": pieces(SPACES, {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False},
        ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>", ("\n\n", dict(special=False)), ("\n\n\n", dict(special=False)), ("\u2581\u2581", dict(special=False))], "<bos>", across=True),
}
METASPACE = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
for name, fallback in (("unigram", False), ("unigram-bytes", True)):
    # The pieces of a BPE with scores of our own: Viterbi has many ways to choose from.
    base = FAMILIES["metaspace" if not fallback else "llama2"]["model"]["vocab"]
    scores = random.Random(13)
    vocab = [[t, 0.0 if t in ("<unk>", "<s>", "</s>") else round(-2.0 - scores.random() * 8 - 3 / len(t), 6)] for t in base]
    FAMILIES[name] = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": [token(0, "<unk>"), token(1, "<s>"), token(2, "</s>")], "normalizer": None,
        "pre_tokenizer": METASPACE, "post_processor": start("<s>", 1), "decoder": METASPACE if not fallback else {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, METASPACE]},
        "model": {"type": "Unigram", "unk_id": 0, "vocab": vocab, "byte_fallback": fallback}}
for name, content in FAMILIES.items():
    with open(f"{HERE}/tokenizers/{name}.json", "w", encoding="utf-8") as f: json.dump(content, f, ensure_ascii=True, separators=(",", ":"))
ids = json.loads(subprocess.run(["node", f"{HERE}/tokenizer-ids.mjs", *[f"{HERE}/tokenizers/{name}.json" for name in FAMILIES]],
                                input=json.dumps(TEXTS), capture_output=True, text=True, check=True).stdout)
with open(f"{HERE}/text-tokenizer-ids.json", "w", encoding="utf-8") as f:
    f.write('{"texts": [\n' + ",\n".join(json.dumps(t) for t in TEXTS) + '\n],\n"ids": {\n'
            + ",\n".join(f'"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "]" for name, rows in ids.items()) + "\n}}\n")
