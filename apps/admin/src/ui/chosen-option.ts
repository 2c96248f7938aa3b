import { randomId } from './random-id.js';

/** The marks on an option: in the list of a field, and in the command palette. */
const MARKS = ['data-combobox-selected', 'data-selected'];
const CHOSEN = MARKS.map((mark) => `[role="option"][${mark}]`).join();
const ANNOUNCED = 'aria-activedescendant';
const LIST = 'aria-controls';

/**
 * Lets the field that has the focus announce the option that is chosen in its list, and none when none is.
 *
 * The kit's comboboxes hear of the option when an arrow key leads to it, but not when it is taken, or lost since the text or the list has
 * changed: they would go on announcing it, even when it is gone. The command palette announces none by itself. The mark on the option
 * itself is always right.
 */
export function announceChosenOptions(): void {
  let field: Element | null = null;
  const announce = (): void => {
    const list = document.getElementById(field?.getAttribute(LIST) ?? '');
    // Drawn anew whenever it opens; the same one is not observed twice.
    if (list !== null) changes.observe(list, { subtree: true, childList: true, attributeFilter: MARKS });
    const chosen = list?.querySelector(CHOSEN) ?? null;
    // The command palette gives its options no ids.
    if (chosen?.id === '') chosen.id = randomId();
    if (chosen === null) field?.removeAttribute(ANNOUNCED);
    else if (chosen.id !== field?.getAttribute(ANNOUNCED)) field?.setAttribute(ANNOUNCED, chosen.id);
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
