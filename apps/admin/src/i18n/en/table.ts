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
  loading: 'Loading',
  /** Below the last row of a list that loads as it scrolls. */
  end: 'That is all',
  /** Heading, read only, of the column of buttons. */
  actions: 'Actions',
  selectRow: 'Select {{name}}',
  selectAll: 'Select all loaded rows',
} as const;
