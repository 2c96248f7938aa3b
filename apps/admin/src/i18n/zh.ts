import type { Catalogue } from './catalogue.js';
import { auth } from './zh/auth.js';
import { bulk } from './zh/bulk.js';
import { common } from './zh/common.js';
import { curves } from './zh/curves.js';
import { exporting } from './zh/exporting.js';
import { filters } from './zh/filters.js';
import { form } from './zh/form.js';
import { keys } from './zh/keys.js';
import { list } from './zh/list.js';
import { palette } from './zh/palette.js';
import { password } from './zh/password.js';
import { period } from './zh/period.js';
import { sharing } from './zh/sharing.js';
import { table } from './zh/table.js';
import { task } from './zh/task.js';
import { views } from './zh/views.js';

export const zh: Catalogue = {
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
};
