import { Button, Group, Skeleton, Switch, Text } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { isTerminal } from '@lora-ledger/training';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { CopyButton } from '../../ui/copy-button.js';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import css from './log-card.module.css';
import { toSpans, type LogSpan } from './log-lines.js';
import { useLog } from './use-log.js';

const LINE_HEIGHT = 19;
const AT_END = 30;

export const LOG_ID = 'log';

/** What the trainer writes, as it writes it. Follows the end until somebody scrolls up, and again when they come back down. */
export function LogCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const log = useLog(task);
  const { lines } = log;
  const view = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const virtualizer = useVirtualizer({ count: lines.length, getScrollElement: () => view.current, estimateSize: () => LINE_HEIGHT, overscan: 20 });
  const items = virtualizer.getVirtualItems();

  useEffect(() => {
    if (follow && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, lines.length, virtualizer]);
  const scrolled = (): void => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = view.current ?? {};
    if (scrollHeight - scrollTop - clientHeight < AT_END) setFollow(true);
  };

  const controls = (
    <Group gap="md">
      {log.size > 0 && <Text size="xs" c="dimmed" className="tabular">{log.loaded < log.size ? t('detail.log.size', { loaded: format.bytes(log.loaded), size: format.bytes(log.size) }) : format.bytes(log.size)}</Text>}
      {log.hasEarlier && <Button size="compact-xs" variant="default" loading={log.loadingEarlier} onClick={() => { setFollow(false); log.loadEarlier(); }}>{t('detail.log.earlier')}</Button>}
      <Switch size="xs" label={t('detail.log.wrap')} checked={wrap} onChange={(event) => { setWrap(event.currentTarget.checked); virtualizer.measure(); }} />
      <Switch size="xs" label={t('detail.log.follow')} checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
      <CopyButton text={log.text} label={t('detail.log.copy')} />
    </Group>
  );

  return (
    <div id={LOG_ID}>
      <Card title={t('detail.log.title')} actions={controls} flush>
        <div
          ref={view} className={css.view} role="log" aria-live="off" aria-label={t('detail.log.region')} tabIndex={0} data-wrap={wrap || undefined}
          onScroll={scrolled} onWheel={(event) => { if (event.deltaY < 0) setFollow(false); }} onTouchMove={() => setFollow(false)}
          onKeyDown={(event) => { if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) setFollow(false); }}
        >
          {log.isPending && <Skeleton height={12} width="60%" m="xs" opacity={0.2} />}
          {log.error !== null && lines.length === 0 && <p className={css.none}>{problemText(t, log.error)}</p>}
          {!log.isPending && log.error === null && lines.length === 0 && <p className={css.none}>{isTerminal(task.status) ? t('detail.log.noneEver') : t('detail.log.none')}</p>}
          <div className={css.lines} style={{ height: virtualizer.getTotalSize() }}>
            {items.map(({ index, key, start }) => (
              <div key={key} ref={wrap ? virtualizer.measureElement : undefined} data-index={index} className={css.line} style={{ transform: `translateY(${start}px)` }}><Line text={lines[index] ?? ''} /></div>
            ))}
          </div>
        </div>
      </Card>
    </div>
  );
}

const Line = memo(function Line({ text }: { text: string }) {
  return <>{toSpans(text).map((span, index) => <Span key={index} span={span} />)}</>;
});

function Span({ span }: { span: LogSpan }) {
  const { text, color, background, bold, dim, italic, underline } = span;
  if (color === undefined && background === undefined && !bold && !dim && !italic && !underline) return <>{text}</>;
  return (
    <span style={{ color: cssColor(color), background: cssColor(background), fontWeight: bold ? 700 : undefined, opacity: dim ? 0.7 : undefined, fontStyle: italic ? 'italic' : undefined, textDecoration: underline ? 'underline' : undefined }}>{text}</span>
  );
}

function cssColor(color: string | undefined): string | undefined {
  return color?.startsWith('ansi-') ? `var(--${color})` : color;
}
