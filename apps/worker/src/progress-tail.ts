import type { MetricPoint, ProgressReport } from '@lora-ledger/contracts';
import {
  createReader,
  READER_FILES,
  type ProgressReader,
  type Reading,
  type ReadPoint,
  type RunPlan,
  type TrainerProfile,
} from '@lora-ledger/training';
import { join } from 'node:path';
import { readSlice } from './file-slice.js';
import type { LedgerApi } from './ledger-api.js';
import { note } from './note.js';
import type { Workspace } from './workspace.js';

const SLICE = 128 * 1024;
const POINTS_AT_ONCE = 5000;

/**
 * Reports the progress of a trainer that does not do it itself, read from its output file. What has been read is delivered before more
 * is read: while the Ledger is away the file waits, not the memory.
 */
export class ProgressTail {
  private offset = 0;
  private sent = '';
  private refused = false;
  private readonly text = new TextDecoder();

  private constructor(
    private readonly api: LedgerApi,
    private readonly path: string,
    private readonly reader: ProgressReader,
  ) {}

  /** `undefined` for a trainer that reports by itself. */
  static for(api: LedgerApi, profile: TrainerProfile, workspace: Workspace, plan: RunPlan): ProgressTail | undefined {
    if (profile.reader === 'none') return undefined;
    const file = READER_FILES[profile.reader];
    return new ProgressTail(api, file === null ? workspace.logFile : join(workspace.outputDir, file), createReader(profile.reader, plan));
  }

  /** Reports everything that is in the file by now. */
  async report(): Promise<void> {
    for (;;) {
      const bytes = await readSlice(this.path, this.offset, SLICE);
      if (bytes.length === 0) return;
      this.offset += bytes.length;
      await this.deliver(this.reader.feed(this.text.decode(bytes, { stream: true })));
    }
  }

  /** Reports the rest once the file does not grow any more. */
  async finish(): Promise<void> {
    await this.report();
    await this.deliver(this.reader.end());
  }

  private async deliver({ points, position }: Reading): Promise<void> {
    const { currentStep, totalSteps, currentEpoch } = position;
    const place = { currentStep, totalSteps, currentEpoch };
    const isNews = JSON.stringify(place) !== this.sent && (currentStep != null || currentEpoch != null);
    for (let from = 0; from < points.length || (from === 0 && isNews); from += POINTS_AT_ONCE) {
      await this.send({ points: points.slice(from, from + POINTS_AT_ONCE).map(toPoint), ...place });
    }
    this.sent = JSON.stringify(place);
  }

  private async send(report: ProgressReport): Promise<void> {
    if (this.refused) return;
    const answer = await this.api.progress(report);
    if (answer.accepted) return;
    this.refused = true;
    note(`the Ledger takes no more progress: ${answer.detail}`);
  }
}

/** JSON has no NaN and no infinities; the contract spells them out. */
function toPoint({ value, ...point }: ReadPoint): MetricPoint {
  if (Number.isFinite(value)) return { ...point, value };
  return { ...point, value: Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity' };
}
