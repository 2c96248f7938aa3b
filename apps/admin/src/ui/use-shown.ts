import { useEffect, useRef, type RefObject } from 'react';

/** Whether the component still stands on the page, for what happens after an answer that somebody may not have waited for. */
export function useShown(): RefObject<boolean> {
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return shown;
}
