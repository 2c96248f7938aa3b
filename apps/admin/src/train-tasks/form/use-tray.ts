import { useEffect, useRef, useState } from 'react';
import { useShown } from '../../ui/use-shown.js';
import { keepTray, readTray, type Tray } from './draft-tray.js';

/** Changes the tray as it is by then, not as it was drawn; answers the tray after that. */
export type TrayChange = (next: (now: Tray) => Tray) => Tray;

/** The tray of this page. A change that comes after the page was left goes to the one that is kept. */
export function useTray(): { tray: Tray; change: TrayChange; isShown: () => boolean } {
  const [tray, setTray] = useState(readTray);
  const latest = useRef(tray);
  const shown = useShown();
  // A fresh form beside one that is being handed in has a name that has to be found again.
  useEffect(() => keepTray(latest.current), []);
  return {
    tray,
    change: (next) => {
      const changed = next(shown.current ? latest.current : readTray());
      latest.current = changed;
      keepTray(changed);
      setTray(changed);
      return changed;
    },
    isShown: () => shown.current,
  };
}
