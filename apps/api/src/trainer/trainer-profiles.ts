import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { TrainerDto } from '@lora-ledger/contracts';
import { checkProfiles, type ConfigFormat, type TrainerProfile } from '@lora-ledger/training';
import { parse } from 'yaml';
import { CONFIG } from '../config.module.js';
import { ConfigError, type Config } from '../config.js';
import { Problem } from '../problem.js';

/** The ways to start a trainer that the operator has set up, read once at start. */
@Injectable()
export class TrainerProfiles implements OnModuleInit {
  private profiles: TrainerProfile[] = [];

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    const file = this.config.trainersFile ?? join(this.config.root, 'apps/demo-trainer/trainers.yaml');
    const text = await readFile(file, 'utf8').catch(() => {
      throw new ConfigError(`LEDGER_TRAINERS_FILE cannot be read: ${file}`);
    });
    try {
      this.profiles = checkProfiles(parse(text));
    } catch (error) {
      throw new ConfigError(`LEDGER_TRAINERS_FILE ${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** @param name `null`: the first profile. @throws Problem VALIDATION that lists the names there are */
  named(name: string | null): TrainerProfile {
    const found = name === null ? this.profiles[0] : this.profiles.find((profile) => profile.name === name);
    if (found !== undefined) return found;
    throw Problem.invalid([
      { path: 'trainer', message: `trainer must be one of ${this.profiles.map((profile) => profile.name).join(', ')}`, rule: 'choice' },
    ]);
  }

  /** Whether tasks can be submitted to it: the ledger remembers tasks of profiles that are gone, and of none. */
  has(name: string): boolean {
    return this.profiles.some((profile) => profile.name === name);
  }

  /** Format of the file a profile's trainer reads; `null` for a name that is no profile (any more). */
  formatOf(name: string): ConfigFormat | null {
    return this.profiles.find((profile) => profile.name === name)?.format ?? null;
  }

  /** What people choose from; argv and environment stay here. */
  list(): TrainerDto[] {
    return this.profiles.map(({ name, title, format, defaults, costPerHour }) => ({ name, title, format, defaults, costPerHour }));
  }
}
