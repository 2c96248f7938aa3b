import fc from 'fast-check';
import type { LoraConfig } from '../lora-config.js';
import { ArgvError, fillArgv, fillVariables, fillWorkerText, placeholdersIn, variablesOf, type WorkerValues } from './argv.js';

const worker: WorkerValues = {
  python: 'python3',
  root: '/srv/ledger',
  dataDir: '/data',
  workspace: '/data/workspaces/t1',
  outputDir: '/data/outputs/t1',
  configFile: '/data/workspaces/t1/config.yaml',
  taskId: 't1',
};
const config = (given: Partial<LoraConfig> = {}): LoraConfig => ({
  modelName: 'base',
  modelPath: null,
  loraRank: 16,
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
});

describe('filling an argv template', () => {
  it('puts places and parameters where the template says', () => {
    expect(
      fillArgv(
        ['{python}', '{root}/train.py', '--config', '{configFile}', '--rank={loraRank}', '--lr', '{learningRate}'],
        worker,
        config(),
      ),
    ).toEqual(['python3', '/srv/ledger/train.py', '--config', '/data/workspaces/t1/config.yaml', '--rank=16', '--lr', '0.0001']);
  });

  it('makes exactly one argument of each element, whatever a value contains', () => {
    const anything = fc.string({ unit: 'grapheme' }).filter((value) => !value.startsWith('-') && !value.includes('\0'));
    fc.assert(
      fc.property(anything, (trainDataDir) => {
        expect(fillArgv(['train', '{trainDataDir}', '--dir={trainDataDir}'], worker, config({ trainDataDir }))).toEqual([
          'train',
          trainDataDir,
          `--dir=${trainDataDir}`,
        ]);
      }),
    );
  });

  it.each(['a b', '"; rm -rf x', '$(id)', '`id`', 'line\nbreak', "it's", '*', '{taskId}', '{unknown}', '$&', '%PATH%', '🜚'])(
    'takes %j literally',
    (value) => {
      expect(fillArgv(['t', '{trainDataDir}'], worker, config({ trainDataDir: value }))).toEqual(['t', value]);
    },
  );

  it.each(['--output=/etc', '-x', '-'])('refuses %j where it would stand alone, and takes it behind "--option="', (value) => {
    expect(() => fillArgv(['t', '{trainDataDir}'], worker, config({ trainDataDir: value }))).toThrow(ArgvError);
    expect(() => fillArgv(['t', '{trainDataDir}/x'], worker, config({ trainDataDir: value }))).toThrow('--option={trainDataDir}/x');
    expect(fillArgv(['t', '--dir={trainDataDir}'], worker, config({ trainDataDir: value }))).toEqual(['t', `--dir=${value}`]);
  });

  it('refuses NUL', () => {
    expect(() => fillArgv(['t', '--dir={trainDataDir}'], worker, config({ trainDataDir: 'a\0b' }))).toThrow('NUL');
  });

  it('leaves "--option={name}" out when the task has no such parameter, and refuses the bare form', () => {
    expect(fillArgv(['t', '--resume={resumeFrom}', '--seed={seed}', 'end'], worker, config({ seed: 0 }))).toEqual(['t', '--seed=0', 'end']);
    expect(() => fillArgv(['t', '--resume', '{resumeFrom}'], worker, config())).toThrow('needs resumeFrom');
  });

  it('leaves braces alone that name nothing', () => {
    expect(fillArgv(['t', '--json={"a": {"b": 1}}', '{}', '{0}', '${HOME}'], worker, config())).toEqual([
      't',
      '--json={"a": {"b": 1}}',
      '{}',
      '{0}',
      '${HOME}',
    ]);
    expect(placeholdersIn('{a}{b c}{"d"}{e1}${f}')).toEqual(['a', 'e1']);
  });

  it("keeps a person's values out of environment and working directory", () => {
    expect(fillWorkerText('{root}/libs', worker)).toBe('/srv/ledger/libs');
    expect(() => fillWorkerText('{trainDataDir}', worker)).toThrow(ArgvError);
  });
});

describe('variables that a profile hands on', () => {
  it('are named once each', () => {
    expect(variablesOf({ env: { HF_TOKEN: '${HF_TOKEN}', BOTH: '${HF_TOKEN}:${HOME}', PLAIN: '{root} $HOME' } })).toEqual([
      'HF_TOKEN',
      'HOME',
    ]);
  });

  it('are replaced by their values, which are not looked at again', () => {
    expect(fillVariables('a ${X} ${Y}', { X: '${Y}', Y: '$&' })).toBe('a ${Y} $&');
  });

  it('must be set, if only to nothing', () => {
    expect(fillVariables('${X}', { X: '' })).toBe('');
    expect(() => fillVariables('${X}', {})).toThrow('hands on X, which is not set');
  });
});
