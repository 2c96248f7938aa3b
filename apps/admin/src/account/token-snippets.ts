import type { TokenScope } from '@lora-ledger/contracts';

/** Where the token goes in a command: a variable, so that the lines below it can be kept without it. */
const VARIABLE = 'LEDGER_TOKEN';

export interface Snippet {
  kind: 'curl' | 'Python' | 'trainer';
  text: string;
}

/** Commands that work as they stand, for what the token may do and the installation it belongs to. */
export function tokenSnippets(origin: string, secret: string, scopes: readonly TokenScope[]): Snippet[] {
  const snippets: Snippet[] = [];
  if (scopes.includes('read'))
    snippets.push({ kind: 'curl', text: curlRead(origin, secret) }, { kind: 'Python', text: pythonRead(origin, secret) });
  else if (scopes.includes('submit'))
    snippets.push({ kind: 'curl', text: curlSubmit(origin, secret) }, { kind: 'Python', text: pythonSubmit(origin, secret) });
  if (scopes.includes('report')) snippets.push({ kind: 'trainer', text: trainer(origin, secret) });
  return snippets;
}

function curlRead(origin: string, secret: string): string {
  return [`export ${VARIABLE}='${secret}'`, `curl -H "Authorization: Bearer $${VARIABLE}" '${origin}/api/train-tasks?limit=5'`].join('\n');
}

function curlSubmit(origin: string, secret: string): string {
  return [
    `export ${VARIABLE}='${secret}'`,
    `curl -H "Authorization: Bearer $${VARIABLE}" -H 'Content-Type: application/yaml' \\`,
    `  --data-binary @training.yaml '${origin}/api/train-tasks'`,
  ].join('\n');
}

function pythonRead(origin: string, secret: string): string {
  return [
    'import json, urllib.request',
    '',
    'request = urllib.request.Request(',
    `    "${origin}/api/train-tasks?limit=5",`,
    `    headers={"Authorization": "Bearer ${secret}"},`,
    ')',
    'with urllib.request.urlopen(request) as answer:',
    '    for task in json.load(answer)["items"]:',
    '        print(task["status"], task["finalLoss"], task["name"])',
  ].join('\n');
}

function pythonSubmit(origin: string, secret: string): string {
  return [
    'import json, urllib.request',
    '',
    'with open("training.yaml", "rb") as config:',
    '    request = urllib.request.Request(',
    `        "${origin}/api/train-tasks", data=config.read(),`,
    `        headers={"Authorization": "Bearer ${secret}", "Content-Type": "application/yaml"},`,
    '    )',
    'with urllib.request.urlopen(request) as answer:',
    '    print(json.load(answer)["taskId"])',
  ].join('\n');
}

/** The Python client takes all it needs from the environment; a token of a person stands in for that of a task. */
function trainer(origin: string, secret: string): string {
  return [`export LEDGER_URL='${origin}'`, `export LEDGER_TASK_TOKEN='${secret}'`, `export LEDGER_TASK_ID='…'`, 'python train.py'].join(
    '\n',
  );
}
