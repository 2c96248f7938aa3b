import type { Catalogue } from './catalogue.js';
import { audit } from './zh/audit.js';
import { auth } from './zh/auth.js';
import { common } from './zh/common.js';
import { compare } from './zh/compare.js';
import { detail } from './zh/detail.js';
import { filters } from './zh/filters.js';
import { form } from './zh/form.js';
import { list } from './zh/list.js';
import { password } from './zh/password.js';
import { period } from './zh/period.js';
import { personal } from './zh/personal.js';
import { queue } from './zh/queue.js';
import { sharing } from './zh/sharing.js';
import { table } from './zh/table.js';
import { task } from './zh/task.js';
import { users } from './zh/users.js';

export const zh: Catalogue = { ...common, auth, task, list, table, form, detail, password, period, personal, users, audit, queue, sharing, compare, filters };
