import { audit } from './en/audit.js';
import { auth } from './en/auth.js';
import { common } from './en/common.js';
import { compare } from './en/compare.js';
import { detail } from './en/detail.js';
import { filters } from './en/filters.js';
import { form } from './en/form.js';
import { list } from './en/list.js';
import { password } from './en/password.js';
import { period } from './en/period.js';
import { personal } from './en/personal.js';
import { queue } from './en/queue.js';
import { sharing } from './en/sharing.js';
import { table } from './en/table.js';
import { task } from './en/task.js';
import { users } from './en/users.js';

export const en = { ...common, auth, task, list, table, form, detail, password, period, personal, users, audit, queue, sharing, compare, filters } as const;
