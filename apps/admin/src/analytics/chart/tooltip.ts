/** A line of a tooltip: what, and how much. */
export type TooltipLine = readonly [name: string, value: string];

/** What a tooltip shows, as elements: names come from people and must never be read as HTML. */
export function tooltipElement(title: string, lines: readonly TooltipLine[], hint?: string): HTMLElement {
  const box = document.createElement('div');
  const add = (tag: string, text: string, style: string, parent: HTMLElement = box): HTMLElement => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.style.cssText = style;
    parent.append(element);
    return element;
  };
  add('div', title, 'font-weight:600;max-width:320px;white-space:normal;overflow-wrap:anywhere');
  for (const [name, value] of lines) {
    const row = add('div', '', 'display:flex;justify-content:space-between;gap:16px');
    add('span', name, 'opacity:.75', row);
    add('span', value, 'font-variant-numeric:tabular-nums;font-weight:600', row);
  }
  if (hint !== undefined) add('div', hint, 'opacity:.75;margin-top:4px;font-size:11px');
  return box;
}
