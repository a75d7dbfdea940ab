// A verdict's evidence: whatever the judge stored, as rows of plain text.
import { words } from "./format.js";

// What the judge of pictures measures, in words with the end of the scale that means "the same".
const NAMES = {
  grid: "Colours, mean difference (0 is the same, of 255)",
  latent: "Latent, relative distance (0 is the same)",
  dhash: "Gradient hash, bits apart (0 is the same, of 64)",
  phash: "Perceptual hash, bits apart (0 is the same, of 64)",
  embedding: "Content, cosine (1 is the same)",
};
const MOST_ROWS = 40;
const MOST_CHARACTERS = 200;

export function evidenceRows(evidence) {
  const pairs = [];
  collect(evidence, "", pairs);
  return pairs.slice(0, MOST_ROWS);
}

function collect(value, name, pairs) {
  if (value === null || value === undefined || pairs.length > MOST_ROWS) return;
  if (typeof value === "object" && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) collect(inner, name ? `${name} ${key}` : key, pairs);
    return;
  }
  pairs.push([Object.hasOwn(NAMES, name) ? NAMES[name] : words(name) || "Value", plain(value)]);
}

function plain(value) {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = Array.isArray(value) ? value.map(plain).join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
