import { Group, Menu, Skeleton, Text } from '@mantine/core';
import type { SavedView } from '@lora-ledger/contracts';
import { IconBookmarkPlus, IconBookmarks, IconPencil, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';
import { problemText } from '../../ui/problem-text.js';
import { tellDone } from '../../ui/undo-message.js';
import { useTell } from '../../ui/use-tell.js';
import type { ListSearch } from '../../task-filter/list-search.js';
import type { EditedView } from './view-dialog.js';
import { useHasOwnLayout } from './own-layout.js';
import { inPlaceOf, isOtherList, openedView, readView, rememberView, savedViewsOptions, useDeleteView, useSaveView } from './views.js';

interface ViewItemsProps {
  page: 'tasks' | 'trash';
  onOpen: (search: ListSearch) => void;
  onEdit: (view: EditedView) => void;
}

/** What the menu of views holds. */
export function ViewItems({ page, onOpen, onEdit }: ViewItemsProps) {
  const { t } = useTranslation();
  const { data, error } = useQuery(savedViewsOptions);
  const views = data?.items.filter((view) => view.page === page) ?? [];
  const user = useUser();
  const tell = useTell();
  const save = useSaveView();
  const query = window.location.search.slice(1);
  const saveThis = () => onEdit({ page, query, name: '', audience: 'mine' });
  const origin = openedView(page, views);
  const hasOwnLayout = useHasOwnLayout();
  const update = (before: SavedView): void => {
    const { id, name, audience } = before;
    const put = (as: string) => save.mutateAsync({ id, name, page, audience, query: as });
    const refused = (problem: unknown): void => tell.refused(problemText(t, problem));
    put(inPlaceOf(before, query, hasOwnLayout)).then(
      () => tellDone(t, t('views.updated', { name }), () => void put(before.query).catch(refused)),
      refused,
    );
  };
  return (
    <>
      <Menu.Item leftSection={<IconBookmarkPlus size={16} aria-hidden />} onClick={saveThis}>
        {t('views.saveThis')}
      </Menu.Item>
      {origin?.owner === user.username && isOtherList(origin, { query: inPlaceOf(origin, query, hasOwnLayout) }) && (
        <Menu.Item leftSection={<IconBookmarks size={16} aria-hidden />} onClick={() => update(origin)}>
          {t('views.update', { name: origin.name })}
        </Menu.Item>
      )}
      <Menu.Divider />
      {data === undefined && error === null && <Skeleton height={60} m="xs" w="auto" />}
      {error !== null && (
        <Text size="xs" c="var(--mantine-color-error)" p="xs">
          {problemText(t, error)}
        </Text>
      )}
      {data !== undefined && views.length === 0 && (
        <Text size="xs" c="dimmed" p="xs">
          {t('views.none')}
        </Text>
      )}
      {views.map((view) => (
        <ViewItem key={view.id} view={view} onOpen={onOpen} onEdit={onEdit} />
      ))}
    </>
  );
}

function ViewItem({ view, onOpen, onEdit }: Omit<ViewItemsProps, 'page'> & { view: SavedView }) {
  const { t } = useTranslation();
  const user = useUser();
  const tell = useTell();
  const remove = useDeleteView();
  const save = useSaveView();
  const drop = (): void => {
    const { name, page, query, audience } = view;
    const bringBack = () =>
      void save.mutateAsync({ name, page, query, audience }).catch((error: unknown) => tell.refused(problemText(t, error)));
    remove.mutate(view.id, {
      onSuccess: () => tellDone(t, t('views.deleted', { name }), bringBack),
      onError: (error) => tell.refused(problemText(t, error)),
    });
  };
  const isOwn = view.owner === user.username;
  const mayDelete = isOwn || (user.role === 'admin' && view.audience === 'everyone');
  return (
    <Group gap={2} wrap="nowrap">
      <Menu.Item
        flex={1}
        miw={0}
        leftSection={view.audience === 'everyone' ? <IconUsersGroup size={15} aria-label={t('views.everyone')} /> : undefined}
        onClick={() => {
          rememberView(view);
          onOpen(readView(view));
        }}
      >
        <Text size="sm" truncate title={view.name}>
          {view.name}
        </Text>
        {!isOwn && (
          <Text size="xs" c="dimmed" truncate>
            {t('views.by', { owner: view.owner })}
          </Text>
        )}
      </Menu.Item>
      {isOwn && (
        <Menu.Item flex="none" w="auto" p={6} aria-label={t('views.rename', { name: view.name })} onClick={() => onEdit(view)}>
          <IconPencil size={15} aria-hidden />
        </Menu.Item>
      )}
      {mayDelete && (
        <Menu.Item
          flex="none"
          w="auto"
          p={6}
          closeMenuOnClick={false}
          disabled={remove.isPending}
          aria-label={t('views.delete', { name: view.name })}
          onClick={drop}
        >
          <IconTrash size={15} aria-hidden />
        </Menu.Item>
      )}
    </Group>
  );
}
