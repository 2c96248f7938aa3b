export const QUEUE_PARTS = ['running', 'waiting', 'trainers'] as const;
export type QueuePart = (typeof QUEUE_PARTS)[number];

/** Which part of the page is shown, as it stands in the address; what runs when absent. */
export interface QueueSearch {
  show?: QueuePart;
}

export function parseQueueSearch(raw: Record<string, unknown>): QueueSearch {
  const show = QUEUE_PARTS.find((part) => part === raw['show']);
  return show === undefined ? {} : { show };
}
