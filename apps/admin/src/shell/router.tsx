import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { authStatusOptions, sessionOptions } from '../api/session.js';
import { parseAuthSearch } from '../auth/auth-search.js';
import { parseListSearch } from '../train-tasks/list/list-search.js';
import { NothingHere } from '../ui/nothing-here.js';
import { CrashPage } from './crash-page.js';
import { parseSearch, stringifySearch } from './search-params.js';
import { Shell } from './shell.js';

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NothingHere, errorComponent: CrashPage });

/** Everything below needs somebody who is signed in; others are sent to sign in and come back afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const user = await context.queryClient.ensureQueryData(sessionOptions);
    if (user !== null) return;
    const status = await context.queryClient.fetchQuery(authStatusOptions).catch(() => null);
    if (status?.setupRequired === true) redirect({ to: '/setup', throw: true });
    redirect({ to: '/sign-in', search: { next: location.href }, throw: true });
  },
});

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: () => { redirect({ to: '/tasks', replace: true, throw: true }); } });
const signIn = createRoute({
  getParentRoute: () => root, path: '/sign-in', validateSearch: parseAuthSearch, component: lazyRouteComponent(() => import('../auth/sign-in-page.js'), 'SignInPage'),
});
const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: lazyRouteComponent(() => import('../auth/setup-page.js'), 'SetupPage') });

const tasks = createRoute({
  getParentRoute: () => signedIn, path: '/tasks', validateSearch: parseListSearch, component: lazyRouteComponent(() => import('../train-tasks/list/tasks-page.js'), 'TasksPage'),
});
const trash = createRoute({
  getParentRoute: () => signedIn, path: '/trash', validateSearch: parseListSearch, component: lazyRouteComponent(() => import('../train-tasks/list/trash-page.js'), 'TrashPage'),
});
const newTask = createRoute({ getParentRoute: () => signedIn, path: '/tasks/new', component: lazyRouteComponent(() => import('../train-tasks/form/new-task-page.js'), 'NewTaskPage') });
const task = createRoute({ getParentRoute: () => signedIn, path: '/tasks/$taskId', component: lazyRouteComponent(() => import('../train-tasks/task/task-page.js'), 'TaskPage') });
const cloneTask = createRoute({ getParentRoute: () => signedIn, path: '/tasks/$taskId/clone', component: lazyRouteComponent(() => import('../train-tasks/form/clone-page.js'), 'ClonePage') });

const routeTree = root.addChildren([home, signIn, setup, signedIn.addChildren([tasks, trash, newTask, task, cloneTask])]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree, context: { queryClient }, parseSearch, stringifySearch, defaultPreload: 'intent', defaultPreloadStaleTime: 0, scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
