import type { Catalogue } from './catalogue.js';
import { auth } from './zh/auth.js';
import { common } from './zh/common.js';
import { detail } from './zh/detail.js';
import { form } from './zh/form.js';
import { list } from './zh/list.js';
import { table } from './zh/table.js';
import { task } from './zh/task.js';

export const zh: Catalogue = { ...common, auth, task, list, table, form, detail };
