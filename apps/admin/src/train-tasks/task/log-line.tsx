import { memo } from 'react';
import css from './log-card.module.css';
import { cutAt, toSpans, type LogSpan } from './log-lines.js';

/** A line in its colours, with what is looked for marked. */
export const LogLine = memo(function LogLine({ text, wanted }: { text: string; wanted: string }) {
  return <>{toSpans(text).map((span, index) => <Span key={index} span={span} wanted={wanted} />)}</>;
});

function Span({ span, wanted }: { span: LogSpan; wanted: string }) {
  const { text, color, background, bold, dim, italic, underline } = span;
  const content = wanted === '' ? text : cutAt(text, wanted).map((piece, index) => (index % 2 === 1 ? <mark key={index} className={css.match}>{piece}</mark> : piece));
  if (color === undefined && background === undefined && !bold && !dim && !italic && !underline) return <>{content}</>;
  return (
    <span style={{ color: cssColor(color), background: cssColor(background), fontWeight: bold ? 700 : undefined, opacity: dim ? 0.7 : undefined, fontStyle: italic ? 'italic' : undefined, textDecoration: underline ? 'underline' : undefined }}>{content}</span>
  );
}

function cssColor(color: string | undefined): string | undefined {
  return color?.startsWith('ansi-') ? `var(--${color})` : color;
}
