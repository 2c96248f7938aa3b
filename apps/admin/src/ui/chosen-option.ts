const CHOSEN = 'data-combobox-selected';
const ANNOUNCED = 'aria-activedescendant';
const LIST = 'aria-controls';

/**
 * Lets the field that has the focus announce the option that is chosen in its list, and none when none is.
 *
 * The kit's comboboxes hear of the option when an arrow key leads to it, but not when it is taken, or lost since the text or the list has
 * changed: they would go on announcing it, even when it is gone. The mark on the option itself is always right.
 */
export function announceChosenOptions(): void {
  let field: Element | null = null;
  const announce = (): void => {
    const list = document.getElementById(field?.getAttribute(LIST) ?? '');
    // Drawn anew whenever it opens; the same one is not observed twice.
    if (list !== null) changes.observe(list, { subtree: true, childList: true, attributeFilter: [CHOSEN] });
    const chosen = list?.querySelector(`[${CHOSEN}]`)?.id ?? null;
    if (chosen === field?.getAttribute(ANNOUNCED)) return;
    if (chosen === null) field?.removeAttribute(ANNOUNCED);
    else field?.setAttribute(ANNOUNCED, chosen);
  };
  const changes = new MutationObserver(announce);
  document.addEventListener('focusin', ({ target }) => {
    changes.disconnect();
    field = target instanceof Element && target.getAttribute('role') === 'combobox' ? target : null;
    if (field === null) return;
    changes.observe(field, { attributeFilter: [ANNOUNCED, LIST] });
    announce();
  });
}
