import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { authStatusOptions, sessionOptions } from '../api/session.js';
import { keepFor } from '../ui/stored.js';
import { parseAuditSearch } from '../admin/audit/audit-search.js';
import { parseUsersSearch } from '../admin/users/users-search.js';
import { parseAnalyticsSearch } from '../analytics/analytics-search.js';
import { parseAuthSearch } from '../auth/auth-search.js';
import { loadSections } from '../i18n/i18n.js';
import { parseCompareSearch } from '../train-tasks/compare/compare-search.js';
import { TasksPage } from '../train-tasks/list/tasks-page.js';
import { taskListOptions } from '../train-tasks/queries.js';
import { parseListSearch } from '../task-filter/list-search.js';
import { parseCloneSearch } from '../train-tasks/form/clone-search.js';
import { parseQueueSearch } from '../train-tasks/queue/queue-search.js';
import { parseTaskSearch } from '../train-tasks/task/task-search.js';
import { NothingHere } from '../ui/nothing-here.js';
import { CrashPage } from './crash-page.js';
import { parseSearch, stringifySearch } from './search-params.js';
import { Shell } from './shell.js';

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NothingHere, errorComponent: CrashPage });

/** Everything below needs somebody who is signed in; others are sent to sign in and come back afterwards. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const user = await context.queryClient.ensureQueryData(sessionOptions);
    if (user !== null) {
      keepFor(user.id);
      return;
    }
    const status = await context.queryClient.fetchQuery(authStatusOptions).catch(() => null);
    if (status?.setupRequired === true) redirect({ to: '/setup', throw: true });
    redirect({ to: '/sign-in', search: { next: location.href }, throw: true });
  },
});

/** For members these pages do not exist: the same words as for an address that nobody has. */
const adminOnly = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin',
  component: Outlet,
  beforeLoad: async ({ context }) => {
    const user = await context.queryClient.ensureQueryData(sessionOptions);
    if (user?.role !== 'admin') notFound({ throw: true });
  },
});

/** Where the bare address leads. */
export const HOME = '/tasks';
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    redirect({ to: HOME, replace: true, throw: true });
  },
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseAuthSearch,
  component: lazyRouteComponent(() => import('../auth/sign-in-page.js'), 'SignInPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../auth/setup-page.js'), 'SetupPage'),
});

interface Opened {
  context: RouterContext;
  deps: Readonly<Record<string, unknown>>;
  /** Somebody only points at a link. */
  preload: boolean;
}

/** Rows are asked for while the code that shows them is still on its way; not before the list is opened, so that they are no older than that. */
function askForRows(trash: boolean): (opened: Opened) => void {
  return ({ context, deps, preload }) => {
    if (!preload) void context.queryClient.prefetchInfiniteQuery(taskListOptions(parseListSearch(deps), trash));
  };
}

export const tasks = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks',
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: askForRows(false),
  // Not lazy: it is what most people open first, and twenty small files after those every page needs would make them wait.
  component: TasksPage,
});
export const trash = createRoute({
  getParentRoute: () => signedIn,
  path: '/trash',
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: askForRows(true),
  component: lazyRouteComponent(() => import('../train-tasks/list/trash-page.js'), 'TrashPage'),
});
const newTask = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks/new',
  loader: () => loadSections('form'),
  component: lazyRouteComponent(() => import('../train-tasks/form/new-task-page.js'), 'NewTaskPage'),
});
const task = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks/$taskId',
  validateSearch: parseTaskSearch,
  loader: () => loadSections('detail', 'compare'),
  component: lazyRouteComponent(() => import('../train-tasks/task/task-page.js'), 'TaskPage'),
});
const cloneTask = createRoute({
  getParentRoute: () => signedIn,
  path: '/tasks/$taskId/clone',
  validateSearch: parseCloneSearch,
  loader: () => loadSections('form'),
  component: lazyRouteComponent(() => import('../train-tasks/form/clone-page.js'), 'ClonePage'),
});

const compare = createRoute({
  getParentRoute: () => signedIn,
  path: '/compare',
  validateSearch: parseCompareSearch,
  loader: () => loadSections('compare', 'detail'),
  component: lazyRouteComponent(() => import('../train-tasks/compare/compare-page.js'), 'ComparePage'),
});

const analyticsHome = createRoute({
  getParentRoute: () => signedIn,
  path: '/analytics',
  validateSearch: parseAnalyticsSearch,
  beforeLoad: ({ search }) => {
    redirect({ to: '/analytics/$section', params: { section: 'overview' }, search, replace: true, throw: true });
  },
});
const analytics = createRoute({
  getParentRoute: () => signedIn,
  path: '/analytics/$section',
  validateSearch: parseAnalyticsSearch,
  loader: () => loadSections('analytics'),
  component: lazyRouteComponent(() => import('../analytics/analytics-page.js'), 'AnalyticsPage'),
});

const queue = createRoute({
  getParentRoute: () => adminOnly,
  path: '/queue',
  validateSearch: parseQueueSearch,
  loader: () => loadSections('queue'),
  component: lazyRouteComponent(() => import('../train-tasks/queue/queue-page.js'), 'QueuePage'),
});
const users = createRoute({
  getParentRoute: () => adminOnly,
  path: '/users',
  validateSearch: parseUsersSearch,
  loader: () => loadSections('users'),
  component: lazyRouteComponent(() => import('../admin/users/users-page.js'), 'UsersPage'),
});
const auditLog = createRoute({
  getParentRoute: () => adminOnly,
  path: '/audit-log',
  validateSearch: parseAuditSearch,
  loader: () => loadSections('audit'),
  component: lazyRouteComponent(() => import('../admin/audit/audit-page.js'), 'AuditPage'),
});

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  loader: () => loadSections('personal'),
  component: lazyRouteComponent(() => import('../account/profile-page.js'), 'ProfilePage'),
});
const sessions = createRoute({
  getParentRoute: () => signedIn,
  path: '/account/sessions',
  loader: () => loadSections('personal'),
  component: lazyRouteComponent(() => import('../account/sessions-page.js'), 'SessionsPage'),
});
const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: '/account/tokens',
  loader: () => loadSections('personal'),
  component: lazyRouteComponent(() => import('../account/tokens-page.js'), 'TokensPage'),
});

const routeTree = root.addChildren([
  home,
  signIn,
  setup,
  signedIn.addChildren([
    tasks,
    trash,
    newTask,
    task,
    cloneTask,
    compare,
    analyticsHome,
    analytics,
    profile,
    sessions,
    tokens,
    adminOnly.addChildren([queue, users, auditLog]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
