import { checkProfiles, ProfileError } from './check-profiles.js';

const smallest = { name: 'demo', argv: ['python3', 'train.py'] };
const one = (profile: Record<string, unknown>): unknown => ({ trainers: [{ ...smallest, ...profile }] });

/** What is said about a file; an empty list when it is fine. */
function problemsOf(parsed: unknown): readonly string[] {
  try {
    checkProfiles(parsed);
    return [];
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    return error.problems;
  }
}

describe('a file of trainer profiles', () => {
  it('needs little and gets defaults for the rest', () => {
    expect(checkProfiles({ trainers: [smallest] })).toEqual([
      {
        name: 'demo',
        title: 'demo',
        argv: ['python3', 'train.py'],
        env: {},
        cwd: null,
        format: 'lora-scripts',
        reader: 'none',
        graceSeconds: 30,
        costPerHour: null,
        defaults: {},
      },
    ]);
  });

  it('is taken as it is when it says everything', () => {
    const full = {
      name: 'sd',
      title: 'Stable Diffusion',
      argv: ['{python}', 'train.py', '--config_file={configFile}', '--rank={loraRank}'],
      env: { HF_TOKEN: '${HF_TOKEN}', PYTHONPATH: '{root}/lib' },
      cwd: '/opt/sd-scripts',
      format: 'sd-scripts',
      reader: 'sd-scripts',
      graceSeconds: 120,
      costPerHour: 1.5,
      defaults: { loraRank: 16, tags: ['sd'], extraParams: { network_module: 'networks.lora' } },
    };
    expect(checkProfiles({ trainers: [full] })).toEqual([full]);
  });

  it('may write numbers and flags where texts are meant', () => {
    expect(
      checkProfiles(one({ argv: ['accelerate', 'launch', '--num_processes', 1, true], env: { TF_ENABLE_ONEDNN_OPTS: 0 } }))[0],
    ).toMatchObject({ argv: ['accelerate', 'launch', '--num_processes', '1', 'true'], env: { TF_ENABLE_ONEDNN_OPTS: '0' } });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'trainers: must be a list'],
    ['an empty list', { trainers: [] }, 'trainers: must be a list'],
    ['a list of texts', { trainers: ['demo'] }, 'trainers[0]: must be an object'],
    ['a name used twice', { trainers: [smallest, smallest] }, 'trainers[1].name: "demo" is used twice'],
    ['no name', one({ name: null }), 'trainers[0].name: is required'],
    ['a name of two lines', one({ name: 'a\nb' }), 'trainers[0].name: must be text'],
    ['an unknown key', one({ arguments: [] }), 'trainers[0].arguments: is unknown'],
    ['a shell line', one({ argv: 'python train.py' }), 'trainers[0].argv: must be a list'],
    ['no argument', one({ argv: [] }), 'trainers[0].argv: must be a list'],
    ['a nested argument', one({ argv: ['a', ['b']] }), 'trainers[0].argv[1]: must be text'],
    ['NUL', one({ argv: ['a', 'b\0'] }), 'trainers[0].argv[1]: must be text without NUL'],
    ['an unknown placeholder', one({ argv: ['a', '--x={rank}'] }), 'trainers[0].argv[1]: {rank} is no placeholder here'],
    ['a program named by the task', one({ argv: ['{modelPath}'] }), 'trainers[0].argv[0]: {modelPath} is no placeholder here'],
    ['a shell variable', one({ argv: ['a', '${HOME}'] }), 'trainers[0].argv[1]: variables like ${NAME}'],
    ['a parameter in the environment', one({ env: { X: '{modelName}' } }), 'trainers[0].env.X: {modelName} is no placeholder'],
    ['a bad variable name', one({ env: { 'A B': '1' } }), 'trainers[0].env.A B: is no name'],
    ['a variable of the Ledger', one({ env: { LEDGER_TASK_TOKEN: 'x' } }), 'trainers[0].env.LEDGER_TASK_TOKEN: is set by the worker'],
    ['a relative folder', one({ cwd: 'sd-scripts' }), 'trainers[0].cwd: must be an absolute path'],
    ['a folder named by the task', one({ cwd: '{trainDataDir}' }), 'trainers[0].cwd: {trainDataDir} is no placeholder'],
    ['an unknown format', one({ format: 'xml' }), 'trainers[0].format: must be one of'],
    ['an unknown reader', one({ reader: 'tqdm' }), 'trainers[0].reader: must be one of'],
    ['no grace that ends', one({ graceSeconds: Infinity }), 'trainers[0].graceSeconds: must be a number from 0 to 3600'],
    ['a negative price', one({ costPerHour: -1 }), 'trainers[0].costPerHour: must be a number from 0'],
    ['a default out of bounds', one({ defaults: { loraRank: 0 } }), 'trainers[0].defaults: loraRank must be at least 1'],
    ['a default that is no field', one({ defaults: { toString: 1 } }), 'trainers[0].defaults.toString: is no field'],
    [
      'a credential among the defaults',
      one({ defaults: { extraParams: { hf_token: 'abc' } } }),
      'trainers[0].defaults.extraParams.hf_token: looks like a credential',
    ],
  ])('with %s is refused by its place', (_what, parsed, problem) => {
    expect(problemsOf(parsed)).toContainEqual(expect.stringContaining(problem));
  });

  it('is told all its problems at once', () => {
    expect(
      problemsOf({
        trainers: [
          { ...smallest, reader: 'x' },
          { name: '', argv: [] },
        ],
      }),
    ).toHaveLength(3);
  });
});
