import { auth } from './en/auth.js';
import { bulk } from './en/bulk.js';
import { common } from './en/common.js';
import { curves } from './en/curves.js';
import { exporting } from './en/exporting.js';
import { filters } from './en/filters.js';
import { form } from './en/form.js';
import { keys } from './en/keys.js';
import { list } from './en/list.js';
import { palette } from './en/palette.js';
import { password } from './en/password.js';
import { period } from './en/period.js';
import { sharing } from './en/sharing.js';
import { table } from './en/table.js';
import { task } from './en/task.js';
import { views } from './en/views.js';

export const en = {
  ...common,
  auth,
  task,
  list,
  keys,
  table,
  form,
  palette,
  password,
  period,
  sharing,
  curves,
  filters,
  views,
  bulk,
  exporting,
} as const;
