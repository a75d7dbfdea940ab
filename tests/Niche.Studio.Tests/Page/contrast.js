// Every visible text of the page whose contrast with what lies behind it is below 4.5 (WCAG 2.2, 1.4.3).
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parse = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], a: a / 255 };
  };
  const over = (top, below) => top.rgb.map((part, i) => part * top.a + below[i] * (1 - top.a));
  const chain = node => { const list = []; for (let at = node; at; at = at.parentElement) list.unshift(at); return list; };
  const behind = node => chain(node).reduce((below, at) => over(parse(getComputedStyle(at).backgroundColor), below), [255, 255, 255]);
  const opacity = node => chain(node).reduce((all, at) => all * Number(getComputedStyle(at).opacity), 1);
  const light = rgb => {
    const [r, g, b] = rgb.map(part => part / 255).map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, two) => {
    const [high, low] = [light(one), light(two)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const faults = [];
  const test = (node, style, text) => {
    const ground = behind(node), ink = parse(style.color);
    const found = ratio(over({ rgb: ink.rgb, a: ink.a * opacity(node) }, ground), ground);
    if (found < 4.5) faults.push(`${found.toFixed(2)} "${text.trim().slice(0, 40)}" ${style.color} in ${node.tagName}.${node.className}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility({ visibilityProperty: true }) || node.closest(".visually-hidden, :disabled, script, template")) continue;
    test(node, getComputedStyle(node), walker.currentNode.data);
  }
  for (const field of document.querySelectorAll("input, textarea")) {
    if (field.placeholder && !field.value && field.checkVisibility() && !field.disabled) test(field, getComputedStyle(field, "::placeholder"), field.placeholder);
  }
  return faults;
}
