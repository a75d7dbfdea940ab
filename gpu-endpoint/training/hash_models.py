"""Rewrites the SHA-256 list ("files") of every model.json after files have changed: python3 hash_models.py [../models]"""
import hashlib, json, os, sys

root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models")
for name in sorted(os.listdir(root)):
    folder = os.path.join(root, name); path = os.path.join(folder, "model.json")
    if not os.path.exists(path): continue
    with open(path, encoding="utf-8") as f: manifest = json.load(f)
    files = {}
    for base, _, names in os.walk(folder):
        for n in names:
            relative = os.path.relpath(os.path.join(base, n), folder).replace(os.sep, "/")
            if n.endswith(".md") or relative == "model.json": continue
            with open(os.path.join(base, n), "rb") as f: files[relative] = hashlib.sha256(f.read()).hexdigest()
    manifest["files"] = dict(sorted(files.items()))
    with open(path, "w", encoding="utf-8") as f: f.write(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    print(name, len(files), "files")
