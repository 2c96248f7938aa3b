import { Menu } from '@mantine/core';
import {
  IconArrowAutofitWidth,
  IconArrowLeft,
  IconArrowRight,
  IconArrowsMinimize,
  IconEyeOff,
  IconPalette,
  IconPin,
  IconPinnedOff,
  IconSortAscending,
  IconSortDescending,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { nextSort } from './column.js';
import type { HeaderCellProps } from './header-cell.js';
import { clampWidth, shiftColumn, toggled } from './table-layout.js';

const WIDTH_STEP = 40;

export type HeaderMenuProps = Pick<HeaderCellProps, 'column' | 'sort' | 'sortMax' | 'shaded' | 'onSort' | 'setLayout'> & {
  pinned: boolean;
  onHide: () => void;
  /** Pixels, as drawn. */ widthOf: () => number;
};

/** What the menu of a header holds: all that the mouse does to a column, and more. */
export function HeaderMenuItems({ column, sort, sortMax, shaded, onSort, setLayout, onHide, widthOf, pinned }: HeaderMenuProps) {
  const { t } = useTranslation();
  const { id, sortField, required } = column;
  const shift = (by: 1 | -1) => setLayout((layout) => shiftColumn(layout, id, by));
  const resize = (by: number) => setLayout((layout) => ({ ...layout, sizes: { ...layout.sizes, [id]: clampWidth(widthOf() + by) } }));
  const togglePin = () => setLayout((layout) => ({ ...layout, pinned: toggled(layout.pinned, id) }));
  const mayAdd = sortMax > 1 && sort.length > 0 && sort.every(({ field }) => field !== sortField);

  return (
    <>
      {sortField !== undefined && (
        <>
          <Menu.Item leftSection={<IconSortAscending size={16} />} onClick={() => onSort([{ field: sortField, descending: false }])}>
            {t('table.sortAscending')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSortDescending size={16} />} onClick={() => onSort([{ field: sortField, descending: true }])}>
            {t('table.sortDescending')}
          </Menu.Item>
          {mayAdd && (
            <Menu.Item leftSection={<IconSortAscending size={16} />} onClick={() => onSort(nextSort(sort, sortField, true, sortMax))}>
              {t('table.sortThen')}
            </Menu.Item>
          )}
          {sort.some(({ field }) => field === sortField) && (
            <Menu.Item onClick={() => onSort(sort.filter(({ field }) => field !== sortField))}>{t('table.sortClear')}</Menu.Item>
          )}
          <Menu.Divider />
        </>
      )}
      <Menu.Item leftSection={<IconArrowLeft size={16} />} onClick={() => shift(-1)}>
        {t('table.moveLeft')}
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => shift(1)}>
        {t('table.moveRight')}
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowAutofitWidth size={16} />} closeMenuOnClick={false} onClick={() => resize(WIDTH_STEP)}>
        {t('table.wider')}
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowsMinimize size={16} />} closeMenuOnClick={false} onClick={() => resize(-WIDTH_STEP)}>
        {t('table.narrower')}
      </Menu.Item>
      <Menu.Item leftSection={pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />} onClick={togglePin}>
        {pinned ? t('table.unpin') : t('table.pin')}
      </Menu.Item>
      {column.number !== undefined && (
        <Menu.Item
          leftSection={<IconPalette size={16} />}
          onClick={() => setLayout((layout) => ({ ...layout, shaded: toggled(layout.shaded, id) }))}
        >
          {shaded ? t('table.unshade') : t('table.shade')}
        </Menu.Item>
      )}
      {required !== true && (
        <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={onHide}>
          {t('table.hide')}
        </Menu.Item>
      )}
    </>
  );
}
