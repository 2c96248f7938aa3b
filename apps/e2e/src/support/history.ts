import { playRun, type Run, type RunTask, type Team } from './team.js';

export interface History {
  succeeded: RunTask;
  clone: RunTask;
  failed: RunTask;
  running: RunTask;
  pending: RunTask;
  /** Belongs to the colleague, who shares it with everyone. */
  shared: RunTask;
}

const MODELS = ['sdxl-base-1.0', 'flux.1-dev', 'v1-5-pruned'];
const LONG =
  'A portrait of the old harbour in the style of the woodcuts, with captions by hand, second attempt after the data set was cleaned of duplicates';
const LONG_ZH = '老港口木刻风格肖像，手工标注，清理重复数据之后的第二次尝试，学习率调低并加入正则化图像，观察过拟合是否减轻';

/** Some weeks of a small team: every state, two owners beside the admin, long and Chinese names, clones, a retry, shared tasks, saved views, budgets. */
export async function playHistory({ admin, member, colleague }: Team): Promise<History> {
  for (let index = 0; index < 36; index += 1) {
    const isBad = index % 6 === 5;
    await playRun(index % 3 === 0 ? colleague : member, {
      ends: isBad ? 'failed' : index % 11 === 10 ? 'cancelled' : 'succeeded',
      error: index % 4 === 1 ? 'ValueError: loss is NaN at step 120' : undefined,
      steps: 60,
      task: {
        name: `harbour study ${index + 1}`,
        modelName: MODELS[index % 3],
        loraRank: [8, 16, 32, 64][index % 4],
        learningRate: [5e-5, 1e-4, 2e-4, 4e-4][(index >> 1) % 4],
        batchSize: index % 2 === 0 ? 4 : 2,
        tags: index % 5 === 0 ? ['harbour', 'style'] : ['harbour'],
        extraParams: { optimizer: index % 2 === 0 ? 'AdamW8bit' : 'Prodigy', lr_scheduler: 'cosine', mixed_precision: 'bf16' },
      },
    } satisfies Run);
  }
  const failed = await playRun(member, {
    ends: 'failed',
    task: { name: '港口 水彩 高秩', loraRank: 128, tags: ['水彩'], modelName: 'flux.1-dev' },
  });
  await member.post(`/train-tasks/${failed.taskId}/retry`);
  const succeeded = await playRun(member, {
    ends: 'succeeded',
    steps: 1000,
    task: {
      name: 'harbour woodcut',
      description: 'The style everybody asks for.\nTrained on 84 scans.',
      tags: ['harbour', 'woodcut'],
      note: 'Captions by hand this time.',
      seed: 42,
      extraParams: { optimizer: 'AdamW8bit', lr_scheduler: 'cosine', resolution: '1024,1024', network_dropout: 0.1 },
    },
  });
  const { taskId: cloneId } = await member.post<{ taskId: string }>(`/train-tasks/${succeeded.taskId}/clone`, {
    overrides: { loraRank: 32, name: 'harbour woodcut, rank doubled' },
    note: 'Does more rank keep the fine lines?',
  });
  const clone = { taskId: cloneId, trainer: member };
  await playRun(member, {
    ends: 'succeeded',
    task: { name: LONG, tags: ['a tag that is rather long for its column', 'harbour', 'style', 'woodcut', 'captions'] },
  });
  await playRun(member, { ends: 'succeeded', task: { name: LONG_ZH, tags: ['正则化', '手工标注'] } });
  const running = await playRun(member, {
    ends: 'running',
    steps: 800,
    task: { name: 'quay at night', modelName: 'flux.1-dev', tags: ['night'] },
  });
  const pending = await playRun(member, { ends: 'pending', task: { name: 'quay at dawn' } });
  const trashed = await playRun(member, { ends: 'cancelled', task: { name: 'wrong folder' } });
  await member.call('DELETE', `/train-tasks/${trashed.taskId}`);
  const shared = await playRun(colleague, { ends: 'succeeded', task: { name: 'lighthouse', tags: ['style'] } });
  await colleague.call('PUT', `/train-tasks/${shared.taskId}/shares`, { everyone: true, usernames: [] });
  await keepHouse({ admin, member, colleague }, succeeded);
  return { succeeded, clone, failed, running, pending, shared };
}

async function keepHouse({ admin, member }: Team, task: RunTask): Promise<void> {
  await member.post('/auth/tokens', {
    name: 'notebook on gpu-1',
    scopes: ['read', 'submit', 'report'],
    expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  });
  await admin.post('/auth/tokens', { name: 'nightly export', scopes: ['read'] });
  await member.post('/saved-views', { name: 'failed this week', page: 'tasks', query: 'status=FAILED&created=7d', audience: 'everyone' });
  await admin.post('/saved-views', { name: 'running now', page: 'tasks', query: 'status=RUNNING', audience: 'mine' });
  await admin.get(`/train-tasks/${task.taskId}`);
  const { id } = await admin.post<{ id: string }>('/users', {
    username: 'otto',
    password: 'a password nobody knows',
    role: 'member',
    displayName: 'Otto (left in spring)',
  });
  await admin.call('PATCH', `/users/${id}`, { disabled: true });
}
