// The image models that the validator offers, checked and with every gap filled.

/** @returns {Array<{id, sizes, steps, guidance, maxCount, suggestions}>} */
export function imageModels(answer) {
  const list = Array.isArray(answer?.data) ? answer.data : [];
  return list.filter(model => typeof model?.id === "string" && model.niche?.kind === "image").map(({ id, niche }) => ({
    id,
    sizes: sizesOf(niche.sizes),
    steps: limits(niche.steps, { min: 1, max: 50, default: 20 }),
    guidance: limits(niche.guidance, { min: 0, max: 15, default: 4 }),
    maxCount: Math.min(4, Math.max(1, Math.floor(niche.max_count) || 1)),
    suggestions: (Array.isArray(niche.suggestions) ? niche.suggestions : []).filter(text => typeof text === "string" && text).slice(0, 40),
  }));
}

function sizesOf(sizes) {
  const good = (Array.isArray(sizes) ? sizes : []).filter(size => size?.width > 0 && size?.height > 0);
  return good.length > 0 ? good : [{ width: 128, height: 128 }];
}

function limits(range, fallback) {
  const { min, max } = range ?? {};
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) return fallback;
  return { min, max, default: range.default >= min && range.default <= max ? range.default : min };
}

/** "Square", "Wide" or "Tall", with the numbers. */
export function sizeName({ width, height }) {
  const shape = width === height ? "Square" : width > height ? "Wide" : "Tall";
  return `${shape}, ${width} × ${height}`;
}
