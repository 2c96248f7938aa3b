import { useLocation } from '@tanstack/react-router';
import { restate } from '../../ui/address.js';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The columns that the address tells of are those of this browser, as they were then. */
    hasOwnLayout?: boolean;
  }
}

const tellOn = (page: string) => (layout: string | undefined, isOwn: boolean) => restate(page, 'layout', layout, { hasOwnLayout: isOwn });

/** Puts the layout of the columns into the address of each list. */
export const TELL_LAYOUT = { tasks: tellOn('/tasks'), trash: tellOn('/trash') };

export function useHasOwnLayout(): boolean {
  return useLocation({ select: ({ state }) => state.hasOwnLayout === true });
}
