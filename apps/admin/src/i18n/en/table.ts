/** Around every table: menus of its headings, and what is read to those who cannot see it. */
export const table = {
  columns: 'Columns',
  columnMenu: 'Options of column {{column}}',
  sortAscending: 'Sort ascending',
  sortDescending: 'Sort descending',
  sortThen: 'Then sort by this',
  sortHint: 'Click to sort; with Shift: as the next key',
  sortPlace: 'Key {{place}} of the order',
  shade: 'Shade by value',
  unshade: 'Do not shade',
  shadeAll: 'Shade all numbers',
  sortClear: 'Do not sort by this',
  pin: 'Pin to the left',
  unpin: 'Unpin',
  hide: 'Hide column',
  moveLeft: 'Move left',
  moveRight: 'Move right',
  wider: 'Wider',
  narrower: 'Narrower',
  resetColumns: 'Reset columns',
  /** Above the choice of columns, when the address of somebody else or a saved view has brought other ones than one's own. */
  borrowed: 'These columns came with the link or the saved view. Your own are left as they were.',
  ownColumns: 'Show mine',
  keepColumns: 'Keep as mine',
  loading: 'Loading',
  /** Below the last row of a list that loads as it scrolls. */
  end: 'That is all',
  /** Heading, read only, of the column of buttons. */
  actions: 'Actions',
  selectRow: 'Select {{name}}',
  selectAll: 'Select all loaded rows',
} as const;
