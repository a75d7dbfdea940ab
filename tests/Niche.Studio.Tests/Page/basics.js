// The basics of an accessible page, as a list of what is missing.
() => {
  const faults = [];
  const name = node => `${node.tagName.toLowerCase()}#${node.id || "-"}.${node.className || "-"}`;
  const labelled = node => (node.getAttribute("aria-label") || "").trim()
    || (node.getAttribute("aria-labelledby") || "").split(" ").some(id => document.getElementById(id)?.textContent.trim());
  if (!document.documentElement.lang) faults.push("the page has no language");
  if (!document.title) faults.push("the page has no title");
  if (document.querySelectorAll("main").length !== 1) faults.push("there must be one main landmark");
  for (const field of document.querySelectorAll("input, select, textarea"))
    if (!labelled(field) && ![...(field.labels ?? [])].some(label => label.textContent.trim())) faults.push(`no label: ${name(field)}`);
  for (const button of document.querySelectorAll("button, a[href]"))
    if (!labelled(button) && !button.textContent.trim() && !button.querySelector("img[alt]:not([alt=''])")) faults.push(`no name: ${name(button)}`);
  for (const image of document.querySelectorAll("img")) if (!image.hasAttribute("alt")) faults.push(`no alternative text: ${name(image)}`);
  for (const group of document.querySelectorAll("fieldset")) if (!group.querySelector("legend")?.textContent.trim()) faults.push(`no legend: ${name(group)}`);
  for (const node of document.querySelectorAll("section, dialog[open], [role=group]"))
    if (!labelled(node) && node.closest("main, dialog") && !node.querySelector("h3")) faults.push(`no heading or label: ${name(node)}`);
  for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) faults.push(`tab order forced: ${name(node)}`);
  for (const node of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
    for (const id of `${node.getAttribute("aria-describedby") ?? ""} ${node.getAttribute("aria-labelledby") ?? ""}`.split(" ").filter(Boolean))
      if (!document.getElementById(id)) faults.push(`points nowhere: ${id}`);
  const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
  for (const id of new Set(ids)) if (ids.filter(other => other === id).length > 1) faults.push(`id twice: ${id}`);
  for (const node of document.querySelectorAll("button, a[href], select, textarea, input:not([type=radio])")) {
    const box = node.getBoundingClientRect();
    if (node.checkVisibility() && box.height > 0 && box.height < 24 && getComputedStyle(node).display !== "inline" && !node.classList.contains("skip"))
      faults.push(`target lower than 24 px: ${name(node)} ${box.height}`);
  }
  return faults;
}
