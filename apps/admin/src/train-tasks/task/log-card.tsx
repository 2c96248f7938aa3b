import { ActionIcon, Button, Group, Skeleton, Switch, Text, Tooltip } from '@mantine/core';
import type { LogMatch, TrainTaskDetail } from '@lora-ledger/contracts';
import { isTerminal } from '@lora-ledger/training';
import { IconDownload } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiHref } from '../../api/http.js';
import { Card } from '../../ui/card.js';
import { CopyButton } from '../../ui/copy-button.js';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import css from './log-card.module.css';
import { LogFinder } from './log-finder.js';
import { LogLine } from './log-line.js';
import { useLog } from './use-log.js';
import { useLogSearch } from './use-log-search.js';

const LINE_HEIGHT = 19;
const AT_END = 30;
/** Pixels from an edge at which more is loaded. */
const NEAR_EDGE = 400;

export const LOG_ID = 'log';

interface LogCardProps {
  task: TrainTaskDetail;
  /** Text to find, from the address. */
  find: string;
  onFind: (text: string) => void;
}

/** What the trainer writes, as it writes it. Follows the end until somebody scrolls up, and again when they come back down. */
export function LogCard({ task, find, onFind }: LogCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const view = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState(find === '');
  const [wrap, setWrap] = useState(false);
  const log = useLog(task, follow);
  const search = useLogSearch(task.taskId);
  const { lines } = log;
  const { firstKey } = useLineKeys(log);
  const virtualizer = useVirtualizer({
    count: lines.length,
    // What is put in above must not push away what is being read: lines keep their names and the heights that were measured of them.
    getItemKey: useCallback((index: number) => firstKey + index, [firstKey]),
    anchorTo: 'end',
    getScrollElement: () => view.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  const items = virtualizer.getVirtualItems();

  useEffect(() => {
    if (follow && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, lines, virtualizer]);

  const [target, setTarget] = useState<LogMatch | null>(null);
  const targetLine = target !== null && target.offset >= log.start && target.offset < log.end ? log.lineOf(target.offset) : -1;
  useEffect(() => {
    if (targetLine >= 0) virtualizer.scrollToIndex(targetLine, { align: 'center' });
  }, [target, targetLine, virtualizer]);
  const show = async (match: Promise<LogMatch | undefined>): Promise<void> => {
    setFollow(false);
    const found = await match.catch(() => undefined);
    if (found !== undefined) await log.goTo(found.offset);
    setTarget(found ?? null);
  };
  const first = useRef(find);
  useEffect(() => {
    if (first.current !== '') void show(search.start(first.current));
    first.current = '';
    // Only what the address asked for when the page was opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const lastTop = useRef(0);
  const scrolled = (): void => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = view.current ?? {};
    const below = scrollHeight - scrollTop - clientHeight;
    const isUpwards = scrollTop < lastTop.current;
    lastTop.current = scrollTop;
    if (isUpwards && below > AT_END) setFollow(false);
    if (!isUpwards && below < AT_END && !log.hasLater) setFollow(true);
    if (isUpwards && scrollTop < NEAR_EDGE && log.hasEarlier && !log.loadingEarlier) log.loadEarlier();
    if (!isUpwards && below < NEAR_EDGE && log.hasLater && !log.loadingLater) log.loadLater();
  };
  const changeFollow = (next: boolean): void => {
    setFollow(next);
    setTarget(null);
    if (next) log.toEnd();
  };

  const controls = log.size > 0 && (
    <Group gap="sm">
      <LogFinder
        search={search}
        initial={find}
        size={log.size}
        onFind={(text) => {
          onFind(text);
          void show(search.start(text));
        }}
        onStep={(by) => void show(search.step(by))}
      />
      <Switch
        size="xs"
        label={t('detail.log.wrap')}
        checked={wrap}
        onChange={(event) => {
          setWrap(event.currentTarget.checked);
          virtualizer.measure();
        }}
      />
      <Switch size="xs" label={t('detail.log.follow')} checked={follow} onChange={(event) => changeFollow(event.currentTarget.checked)} />
      <Group gap={2}>
        <CopyButton text={log.text} label={t('detail.log.copy')} />
        <Tooltip label={t('detail.log.download', { size: format.bytes(log.size) })}>
          <ActionIcon
            component="a"
            variant="subtle"
            color="gray"
            size="sm"
            href={apiHref(`/train-tasks/${task.taskId}/log/download`)}
            download
            aria-label={t('detail.log.download', { size: format.bytes(log.size) })}
          >
            <IconDownload size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );

  return (
    <div id={LOG_ID}>
      <Card title={t('detail.log.title')} actions={controls} flush>
        {(log.hasEarlier || log.hasLater) && (
          <Group className={css.part} justify="space-between" gap="xs">
            <Text size="xs" c="dimmed" className="tabular">
              {t('detail.log.size', { loaded: format.bytes(log.loaded), size: format.bytes(log.size) })}
            </Text>
            <Group gap={6}>
              {log.hasEarlier && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={log.loadingEarlier}
                  onClick={() => {
                    setFollow(false);
                    log.loadEarlier();
                  }}
                >
                  {t('detail.log.earlier')}
                </Button>
              )}
              {log.hasLater && (
                <Button size="compact-xs" variant="default" onClick={() => changeFollow(true)}>
                  {t('detail.log.toEnd')}
                </Button>
              )}
            </Group>
          </Group>
        )}
        <div
          ref={view}
          className={css.view}
          role="log"
          aria-live="off"
          aria-label={t('detail.log.region')}
          tabIndex={0}
          data-wrap={wrap || undefined}
          data-empty={(!log.isPending && lines.length === 0) || undefined}
          onScroll={scrolled}
          onWheel={(event) => {
            if (event.deltaY < 0) setFollow(false);
          }}
          onKeyDown={(event) => {
            if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) setFollow(false);
          }}
        >
          {log.isPending && <Skeleton height={12} width="60%" m="xs" opacity={0.2} />}
          {log.error !== null && lines.length === 0 && <p className={css.none}>{problemText(t, log.error)}</p>}
          {!log.isPending && log.error === null && lines.length === 0 && (
            <p className={css.none}>{isTerminal(task.status) ? t('detail.log.noneEver') : t('detail.log.none')}</p>
          )}
          <div className={css.lines} style={{ height: virtualizer.getTotalSize() }}>
            {items.map(({ index, key, start }) => (
              <div
                key={key}
                ref={wrap ? virtualizer.measureElement : undefined}
                data-index={index}
                data-target={index === targetLine || undefined}
                className={css.line}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine
                  text={index === targetLine ? stateOf(lines[index] ?? '', target, search.q) : (lines[index] ?? '')}
                  wanted={search.q}
                />
              </div>
            ))}
          </div>
        </div>
      </Card>
    </div>
  );
}

/** A number for the first line, and so for each, that a line keeps when others come in before it. */
function useLineKeys({ start, end, lines }: Pick<ReturnType<typeof useLog>, 'start' | 'end' | 'lines'>): { firstKey: number } {
  const [held, setHeld] = useState({ start, end, count: lines.length, firstKey: 0 });
  if (held.start === start && held.end === end && held.count === lines.length) return held;
  const added = start < held.start && end === held.end ? lines.length - held.count : 0;
  const next = { start, end, count: lines.length, firstKey: held.firstKey - added };
  setHeld(next);
  return next;
}

/** A bar shows its last state; when an earlier one was looked for, that one. */
function stateOf(line: string, match: LogMatch | null, wanted: string): string {
  return match === null || line.toLowerCase().includes(wanted.toLowerCase()) ? line : match.text;
}
