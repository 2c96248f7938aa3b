/** Saved views: the menu over the list and its dialog. */
export const views = {
  title: 'Views',
  saveThis: 'Save this view',
  update: 'Update “{{name}}” to this list',
  updated: 'View “{{name}}” updated',
  change: 'Change view',
  none: 'No saved views yet. A view keeps the filters and the order of a list.',
  by: 'by {{owner}}',
  everyone: 'Offered to everyone',
  rename: 'Change view {{name}}',
  delete: 'Delete view {{name}}',
  deleted: 'View “{{name}}” deleted',
  saved: 'View “{{name}}” saved',
  name: 'Name',
  forEveryone: 'Offer it to everyone',
  forEveryoneText: 'Others see in it only the tasks they may see.',
  save: 'Save',
} as const;
