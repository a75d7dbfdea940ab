"""Writes tokenizers/*.model (tiny SentencePiece models of our own, with the settings of Llama 2 and of Gemma) and sentencepiece-ids.json.
Both come from the sentencepiece library (Debian's python3-sentencepiece, 0.1.97). Run from the root of the repository:
/usr/bin/python3 tests/Niche.Inference.Tests/Fixtures/make_sentencepiece.py"""
import io, json, random, sentencepiece as sp

HERE = "tests/Niche.Inference.Tests/Fixtures"
CORPUS = ["a red lighthouse by the sea at night", "two pines  by the beach, 1234 houses", "it's the sailor's boat; they'll say no", "caf\u00e9 na\u00efve \u00fcber stra\u00dfe",
          "\u6771\u4eac\u306e\u591c\u666f", "\u041a\u0440\u0430\u0441\u043d\u044b\u0439 \u0434\u043e\u043c", "def f(x):  return x + 1", "the red house and the blue house in the mountains"] * 4
r = random.Random(11)
TEXTS = ["", " ", "   ", "a", " a", "a ", "hello world", "the  red   house ", "it's 1234", "caf\u00e9 cafe\u0301", "\u6771\u4eac \U0001f680\U0001f303 \u591c", "\u2581a\u2581 b", "line\nbreak\ttab", "<0x41>",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "==> x ==>", "<tag>the</tag>", "\ufffd", "x" * 100] + [
    "".join(r.choice("a e t h o u s r d 1 ' , \u00e9 \u6771 \U0001f680 \u0434 = > ".split() + [" ", "  ", "the", "red", "\n"]) for _ in range(r.randint(1, 40))) for _ in range(60)]
COMMON = dict(model_type="bpe", normalization_rule_name="identity", remove_extra_whitespaces=False, split_digits=True, allow_whitespace_only_pieces=True, character_coverage=1.0, minloglevel=2)
MODELS = {
    "llama": dict(vocab_size=420, byte_fallback=True, add_dummy_prefix=True, unk_id=0, bos_id=1, eos_id=2, pad_id=-1),
    "gemma": dict(vocab_size=440, byte_fallback=True, add_dummy_prefix=False, pad_id=0, eos_id=1, bos_id=2, unk_id=3, user_defined_symbols=["==>", "\u2581\u2581", "<tag>", "</tag>"]),
    "unigram": dict(model_type="unigram", hard_vocab_limit=False, vocab_size=110, byte_fallback=False, add_dummy_prefix=True, unk_id=0, bos_id=1, eos_id=2, character_coverage=0.98),
    "unigram-bytes": dict(model_type="unigram", hard_vocab_limit=False, vocab_size=360, byte_fallback=True, add_dummy_prefix=False, unk_id=3, bos_id=2, eos_id=1, pad_id=0),
    "bytes-less": dict(vocab_size=130, byte_fallback=False, add_dummy_prefix=True, unk_id=0, bos_id=-1, eos_id=1),
}
rows = {}
for name, settings in MODELS.items():
    model = io.BytesIO()
    sp.SentencePieceTrainer.train(sentence_iterator=iter(CORPUS), model_writer=model, **(COMMON | settings))
    with open(f"{HERE}/tokenizers/{name}.model", "wb") as f: f.write(model.getvalue())
    processor = sp.SentencePieceProcessor(model_proto=model.getvalue())
    rows[name] = [processor.encode(t) for t in TEXTS]
    print(name, processor.bos_id(), [processor.id_to_piece(i) for i in range(8)])
with open(f"{HERE}/sentencepiece-ids.json", "w", encoding="utf-8") as f:
    f.write('{"texts": [\n' + ",\n".join(json.dumps(t) for t in TEXTS) + '\n],\n"ids": {\n'
            + ",\n".join(f'"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in ids) + "]" for name, ids in rows.items()) + "\n}}\n")
