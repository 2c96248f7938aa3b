import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkConfig } from '../check-config.js';
import { checkProfiles } from './check-profiles.js';
import { READERS, type TrainerProfile } from './profile.js';

const root = join(__dirname, '../../../..');
const profilesIn = (file: string): TrainerProfile[] => checkProfiles(parse(readFileSync(join(root, file), 'utf8')));

describe('the trainer profiles that ship', () => {
  it('offer a demo whose form is ready to be sent', () => {
    const [demo] = profilesIn('apps/demo-trainer/trainers.yaml');
    expect(demo).toMatchObject({ name: 'demo', reader: 'none', format: 'lora-scripts' });
    expect(checkConfig(demo!.defaults)).toEqual([]);
    expect(readFileSync(join(root, demo!.defaults['trainDataDir'] as string, 'winter.txt'), 'utf8')).not.toBe('');
  });

  it('show an example for every reader, all without mistakes', () => {
    expect(new Set(profilesIn('docker/trainers.example.yaml').map(({ reader }) => reader))).toEqual(new Set(READERS));
  });

  it('let nothing that a person types stand alone as an argument', () => {
    for (const { argv } of profilesIn('docker/trainers.example.yaml')) {
      for (const element of argv) expect(element).not.toMatch(/^\{(?!python|configFile|taskId|outputDir|workspace|root|dataDir)/);
    }
  });
});
