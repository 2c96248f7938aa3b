import type { CurveRange } from './curve-axis.js';

/** What fingers do on a chart. Places are shares of its width, 0 at the left; `from` is never right of `to`. */
export interface FingerActions {
  /** One finger is being drawn over a part; `at` is where it is. */
  mark: (part: CurveRange, at: number) => void;
  /** It has been lifted. */
  marked: (part: CurveRange) => void;
  /** Two fingers have been put down. */
  hold: (fingers: CurveRange) => void;
  /** They have moved. */
  pinch: (fingers: CurveRange) => void;
  /** One of the two has been lifted. */
  release: () => void;
  /** The browser has taken the gesture over to scroll the page. */
  cancel: () => void;
  doubleTap: () => void;
}

const DOUBLE_TAP_MS = 350;
/** Share of the width within which a finger counts as not moved. */
const STILL = 0.01;

/** Reads the gestures of fingers on an element that leaves vertical ones to the page (`touch-action: pan-y`). Mice and pens are not its business. */
export function watchFingers(element: HTMLElement, actions: FingerActions): void {
  const fingers = new Map<number, number>();
  let start: number | null = null;
  let tappedAt = -Infinity;
  const shareOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = element.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const spread = (places: readonly number[]): CurveRange => ({ from: Math.min(...places), to: Math.max(...places) });
  const on = (
    type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel',
    react: (event: PointerEvent, share: number) => void,
  ): void => {
    element.addEventListener(type, (event) => {
      if (event.pointerType === 'touch' && (type === 'pointerdown' || fingers.has(event.pointerId))) react(event, shareOf(event));
    });
  };

  on('pointerdown', ({ pointerId }, share) => {
    if (fingers.size === 2) return;
    fingers.set(pointerId, share);
    start = fingers.size === 1 ? share : null;
    if (fingers.size === 2) actions.hold(spread([...fingers.values()]));
  });
  on('pointermove', ({ pointerId }, share) => {
    fingers.set(pointerId, share);
    if (fingers.size === 2) actions.pinch(spread([...fingers.values()]));
    else if (start !== null) actions.mark(spread([start, share]), share);
  });
  on('pointerup', ({ pointerId, timeStamp }, share) => {
    if (fingers.size === 2) actions.release();
    else if (start !== null) {
      const isTap = Math.abs(share - start) < STILL;
      actions.marked(spread([start, share]));
      if (isTap && timeStamp - tappedAt < DOUBLE_TAP_MS) actions.doubleTap();
      tappedAt = isTap ? timeStamp : -Infinity;
    }
    fingers.delete(pointerId);
    start = null;
  });
  on('pointercancel', ({ pointerId }) => {
    fingers.delete(pointerId);
    start = null;
    actions.cancel();
  });
}
