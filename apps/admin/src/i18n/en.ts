import { auth } from './en/auth.js';
import { common } from './en/common.js';
import { detail } from './en/detail.js';
import { form } from './en/form.js';
import { list } from './en/list.js';
import { table } from './en/table.js';
import { task } from './en/task.js';

export const en = { ...common, auth, task, list, table, form, detail } as const;
