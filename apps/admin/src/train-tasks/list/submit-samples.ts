import type { TrainerDto } from '@lora-ledger/contracts';

/** Commands that hand a training in, made for the installation they are shown by. `$LEDGER_TOKEN` is a personal API token. */

/** Where there is a trainer there is Python, on every system. */
export function openForm(origin: string): string {
  return ['python -m webbrowser \\', `  ${origin}/tasks/new`].join('\n');
}

export function curlWithFile(origin: string): string {
  return [
    `curl ${origin}/api/train-tasks \\`,
    '  -H "Authorization: Bearer $LEDGER_TOKEN" \\',
    '  -H "Content-Type: application/yaml" \\',
    '  --data-binary @training.yaml',
  ].join('\n');
}

/** The body takes the defaults of the trainer where it has some, so that the command works as it stands. */
export function curlWithJson(origin: string, trainer: Pick<TrainerDto, 'name' | 'defaults'> | undefined): string {
  const body = {
    modelName: 'base-model',
    loraRank: 16,
    learningRate: 1e-4,
    batchSize: 4,
    epochs: 10,
    trainDataDir: './data',
    ...trainer?.defaults,
    ...(trainer ? { trainer: trainer.name } : {}),
  };
  const { modelName, loraRank, learningRate, batchSize, epochs, trainDataDir, trainer: name } = body as Record<string, unknown>;
  const shown = JSON.stringify({ trainer: name, modelName, loraRank, learningRate, batchSize, epochs, trainDataDir }, null, 2).replaceAll(
    "'",
    "'\\''",
  );
  return [
    `curl ${origin}/api/train-tasks \\`,
    '  -H "Authorization: Bearer $LEDGER_TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${shown}'`,
  ].join('\n');
}
