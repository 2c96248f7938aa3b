/** The command palette: a field that finds pages, commands and tasks. */
export const palette = {
  open: 'Jump to …',
  title: 'Command palette',
  placeholder: 'A page, a command, a view, a task …',
  here: 'On this page',
  pages: 'Go to',
  commands: 'Commands',
  tasks: 'Tasks',
  scheme: 'Colours: {{scheme}}',
  nothing: 'Nothing is called “{{text}}”',
} as const;
