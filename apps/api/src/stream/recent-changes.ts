/** Tasks whose last change a page can be told again. Older ones are not: it is told to ask for what it shows. */
const REMEMBERED = 5000;

/**
 * Which tasks have changed lately, in what order. Changes are numbered; the number of the last one a page has heard of says where it goes on
 * when it comes back. Of each task only its last change counts, because what is told is how the task stands now.
 */
export class RecentChanges {
  /** Names this life of the process: the number means nothing to another instance. */
  private readonly epoch = Date.now().toString(36);
  /** Task → number of its last change, oldest first. */
  private readonly numbers = new Map<string, number>();
  private newest = 0;
  /** Changes up to this one cannot be told again. */
  private forgotten = 0;

  /** Number of the last change so far. */
  get last(): number {
    return this.newest;
  }

  /** @returns the number of this change */
  add(id: string): number {
    this.newest += 1;
    this.numbers.delete(id);
    this.numbers.set(id, this.newest);
    const [oldest] = this.numbers;
    if (this.numbers.size > REMEMBERED && oldest !== undefined) {
      this.numbers.delete(oldest[0]);
      this.forgotten = oldest[1];
    }
    return this.newest;
  }

  /** Something happened that nobody can name: whoever was away meanwhile must not be told that nothing did. @returns the number of this gap */
  gap(): number {
    this.newest += 1;
    this.numbers.clear();
    this.forgotten = this.newest;
    return this.newest;
  }

  /** @returns what changed after `since` up to `until`, oldest first */
  between(since: number, until: number): Map<string, number> {
    return new Map([...this.numbers].filter(([, number]) => number > since && number <= until));
  }

  eventId(number: number): string {
    return `${this.epoch}-${number}`;
  }

  /** @returns the number an event id stands for; `null` when what came after it is not known any more, or never was */
  numberIn(eventId: string): number | null {
    const [, epoch, digits] = /^(\w+)-(\d{1,15})$/.exec(eventId) ?? [];
    const number = Number(digits);
    return epoch === this.epoch && number >= this.forgotten && number <= this.newest ? number : null;
  }
}
