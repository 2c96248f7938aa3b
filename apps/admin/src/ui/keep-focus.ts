const TAB_STOPS =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [role="menuitem"]:not(:disabled), [contenteditable="true"], [tabindex="0"]';

interface Place {
  parent: Element;
  index: number;
}

/**
 * When what has the focus is taken away, a filter, a row of a form, a bar, a page, the browser gives the focus to nobody, and somebody
 * without a mouse no longer sees where they are. Here it goes to what stands in that place now; after a page to the next one; after a
 * dialog back to what was left for it. Only for those who were led by the keyboard: fingers would call up the keyboard of a phone.
 */
export function keepFocus(page: Element): void {
  let focused: Element | null = null;
  let onPage: Element | null = null;
  let places: Place[] = [];
  let placesAbove: Place[] = [];

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    focused = target.matches(':focus-visible') ? target : null;
    if (page.contains(target)) {
      onPage = focused;
      places = placesOf(target);
      placesAbove = [];
    } else placesAbove = placesOf(target);
  });
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (!(target instanceof Element) || relatedTarget !== null) return;
    // Whether it was left on purpose shows when whoever does it has finished: as this is told, what is taken away is still there.
    queueMicrotask(() => {
      if (document.activeElement !== document.body || !target.isConnected || target.matches(':disabled')) return;
      focused = null;
      if (page.contains(target)) onPage = null;
    });
  });
  new MutationObserver(() => {
    if (focused === null || focused.isConnected) return;
    focused = null;
    // Whoever has taken it away may know better where to go on.
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const next =
        standIn(placesAbove) ?? (onPage === null || canTakeFocus(onPage) ? onPage : (standIn(places) ?? page.querySelector('main')));
      if (next instanceof HTMLElement) next.focus();
    });
  }).observe(document.body, { childList: true, subtree: true });
}

/**
 * Where an element stands, from the nearest to the farthest that can be told apart. Dialogs and messages are strangers in the element
 * they share above the page: when one goes, what stands beside it is no place to go on at.
 */
function placesOf(element: Element): Place[] {
  const places: Place[] = [];
  for (let at = element, parent = at.parentElement; parent !== null && !isBorder(at, parent); at = parent, parent = at.parentElement)
    places.push({ parent, index: [...parent.children].indexOf(at) });
  return places;
}

function isBorder(at: Element, parent: Element): boolean {
  return at.tagName === 'MAIN' || parent === document.body || parent.hasAttribute('data-portal');
}

/** What can be gone to in the place that is left: what has moved up into it, or what stands before it. Another page is a page of its own. */
function standIn(places: readonly Place[]): Element | null {
  for (const { parent, index } of places) {
    if (!parent.isConnected) continue;
    if (parent.tagName === 'MAIN') return parent;
    const before = [...parent.children].slice(0, index).reverse();
    for (const one of [parent.children[index], ...before]) {
      const stop = one === undefined ? undefined : [one, ...one.querySelectorAll(TAB_STOPS)].find(isTabStop);
      if (stop !== undefined) return stop;
    }
  }
  return null;
}

/** A button that is at work takes none, and may be gone when it has finished. */
function canTakeFocus(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled');
}

function isTabStop(element: Element): boolean {
  return element.matches(TAB_STOPS) && element.getClientRects().length > 0;
}
