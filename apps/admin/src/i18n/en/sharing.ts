/** The dialog that shares a task, and marks of shared ones. */
export const sharing = {
  action: 'Share',
  title: 'Share “{{name}}”',
  lead: 'Whom you name here can read this task — parameters, curves, log — and clone it. Nobody gets to change it.',
  people: 'People',
  peoplePlaceholder: 'Type a name',
  nobodyFound: 'Nobody found',
  everyone: 'Everyone who is signed in',
  everyoneHint: 'New colleagues, too.',
  save: 'Save',
  saved: 'Sharing saved',
  takeBack: 'Stop sharing',
  takenBack: 'Not shared any more',
  /** Who can see the task now. */
  status: {
    private: 'Only the owner and admins can see this task.',
    everyone: 'Everyone who is signed in can read this task.',
    people_one: 'One person beside the owner and admins can read this task.',
    people_other: '{{count}} people beside the owner and admins can read this task.',
  },
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  by: 'Shared by {{name}}',
  byHint: 'You can read and clone this task, but not change it.',
  /** Instead of rows, when nobody has shared anything. */
  none: {
    title: 'Nothing is shared with you',
    text: 'When a colleague shares a task with you, it appears here, to look at and to clone.',
  },
  /** Choice over the list: whose tasks it shows. */
  scope: { label: 'Whose tasks', mine: 'Mine', shared: 'Shared with me', all: 'All' },
} as const;
