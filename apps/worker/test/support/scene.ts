import type { Assignment } from '@lora-ledger/contracts';
import type { LoraConfig, TrainerProfile } from '@lora-ledger/training';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTask } from '../../src/run.js';
import { FakeLedger } from './fake-ledger.js';

export function aConfig(given: Partial<LoraConfig> = {}): LoraConfig {
  return {
    modelName: 'base',
    modelPath: null,
    loraRank: 8,
    loraAlpha: 8,
    learningRate: 1e-4,
    batchSize: 1,
    epochs: 2,
    maxSteps: null,
    seed: null,
    trainDataDir: './data',
    metadataPath: null,
    outputPath: null,
    incremental: false,
    resumeFrom: null,
    extraParams: {},
    ...given,
  };
}

export function aProfile(given: Partial<TrainerProfile> = {}): TrainerProfile {
  return {
    name: 'test',
    title: 'Test',
    argv: ['true'],
    env: {},
    cwd: null,
    format: 'lora-scripts',
    reader: 'none',
    graceSeconds: 5,
    costPerHour: null,
    defaults: {},
    ...given,
  };
}

/** A trainer written in JavaScript, its data folder and a Ledger: everything a worker needs, in a folder of its own. */
export class Scene {
  readonly folder = mkdtempSync(join(tmpdir(), 'worker-'));
  readonly dataDir = join(this.folder, 'data');
  readonly taskId = randomUUID();
  readonly stop = new AbortController();
  private readonly ledgers: FakeLedger[] = [];

  /** Source text of a trainer; `outputDir` and `fs` are there, and `save()` writes a result. */
  script(source: string): string {
    const file = join(this.folder, `trainer-${randomUUID()}.cjs`);
    writeFileSync(
      file,
      `const fs = require('node:fs');
const outputDir = process.env.OUTPUT_DIR;
const save = (name = 'lora.safetensors', text = 'weights') => fs.writeFileSync(outputDir + '/' + name, text);
${source}`,
    );
    return file;
  }

  async ledger(
    source: string,
    { profile, config }: { profile?: Partial<TrainerProfile>; config?: Partial<LoraConfig> } = {},
  ): Promise<FakeLedger> {
    const filled = aProfile({
      argv: [process.execPath, this.script(source)],
      ...profile,
      env: { OUTPUT_DIR: '{outputDir}', ...profile?.env },
    });
    const assignment: Assignment = { taskId: this.taskId, name: 'test', attempt: 1, config: aConfig(config), profile: filled };
    const ledger = await new FakeLedger(assignment).open();
    this.ledgers.push(ledger);
    return ledger;
  }

  run(ledger: FakeLedger, patienceMs = 20_000): Promise<void> {
    const config = {
      url: ledger.url,
      token: ledger.token,
      dataDir: this.dataDir,
      heartbeatMs: 50,
      patienceMs,
      python: 'python3',
      inherited: process.env,
    };
    return runTask(this.taskId, config, '/srv/ledger', this.stop.signal);
  }

  get workspace(): string {
    return join(this.dataDir, 'workspaces', this.taskId);
  }

  get trainerLog(): string {
    const file = join(this.workspace, 'trainer.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  async clear(): Promise<void> {
    await Promise.all(this.ledgers.map((ledger) => ledger.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
