import { IconChartHistogram, IconHistory, IconListDetails, IconServerBolt, IconTrash, IconUsers } from '@tabler/icons-react';

/** Where the navigation and the command palette lead. */
export const PAGES = [
  { to: '/tasks', key: 'tasks', Icon: IconListDetails },
  { to: '/analytics', key: 'analytics', Icon: IconChartHistogram },
  { to: '/trash', key: 'trash', Icon: IconTrash },
] as const;

/** For admins; others do not learn that these pages exist. */
export const ADMIN_PAGES = [
  { to: '/admin/queue', key: 'queue', Icon: IconServerBolt },
  { to: '/admin/users', key: 'users', Icon: IconUsers },
  { to: '/admin/audit-log', key: 'auditLog', Icon: IconHistory },
] as const;
