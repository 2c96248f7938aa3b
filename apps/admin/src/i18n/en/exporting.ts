/** Menus and dialogs that write something into a file. */
export const exporting = {
  title: 'Export',
  listHint: 'All tasks of this list, as it is filtered',
  csv: 'Table (CSV)',
  json: 'JSON',
  config: 'Export config',
  configTitle: 'Configuration as a file',
  format: 'Format',
  /** In the choice of formats: the one the trainer reads. */
  own: 'That of its trainer',
  download: 'Download',
  warnings_one: 'One thing this format cannot say as it was',
  warnings_other: '{{count}} things this format cannot say as they were',
} as const;
