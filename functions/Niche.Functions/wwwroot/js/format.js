// Numbers, times and keys as people read them.

export function shortKey(key) {
  const text = String(key ?? "");
  return text.length > 14 ? `${text.slice(0, 6)}…${text.slice(-4)}` : text;
}

export function seconds(value) {
  if (!Number.isFinite(value) || value < 0) return "–";
  if (value < 10) return `${value.toFixed(1)} s`;
  if (value < 90) return `${Math.round(value)} s`;
  return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

export function milliseconds(value) {
  if (!Number.isFinite(value)) return "–";
  return value < 1000 ? `${Math.round(value)} ms` : seconds(value / 1000);
}

/** Elapsed time as a steady m:ss. */
export function clock(value) {
  const whole = Math.max(0, Math.floor(value));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function percent(value) {
  if (!Number.isFinite(value)) return "–";
  const part = value * 100;
  return part > 0 && part < 9.95 ? `${part.toFixed(1)} %` : `${Math.round(part)} %`;
}

export function decimal(value, digits = 3) {
  return Number.isFinite(value) ? value.toFixed(digits) : "–";
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

export function moment(value) {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? "–" : date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

export function ago(value, now = Date.now()) {
  const past = (now - new Date(value).getTime()) / 1000;
  if (!Number.isFinite(past)) return "";
  if (past < 60) return "just now";
  if (past < 5400) return `${Math.round(past / 60)} min ago`;
  if (past < 129_600) return `${Math.round(past / 3600)} h ago`;
  return `${Math.round(past / 86_400)} days ago`;
}

/** snake_case or camelCase into words. */
export function words(name) {
  const text = String(name).replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_\-.]+/g, " ").trim().toLowerCase();
  return text ? text[0].toUpperCase() + text.slice(1) : "";
}

/** A file name that says what is in the file and how to make it again. */
export function fileName(prompt, result) {
  const slug = String(prompt).normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "") || "picture";
  const extension = /\.(png|jpe?g|webp)(?:$|\?)/i.exec(result.url ?? "")?.[1]?.toLowerCase() ?? "png";
  return `${slug}-seed${result.seed}-${result.width}x${result.height}.${extension}`;
}
