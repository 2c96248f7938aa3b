import { memo } from 'react';
import css from './log-card.module.css';
import { cutAt, toSpans, type LogSpan } from './log-lines.js';

/** A line in its colours, with what is looked for marked. */
export const LogLine = memo(function LogLine({ text, wanted }: { text: string; wanted: string }) {
  return (
    <>
      {toSpans(text).map((span, index) => (
        <Span key={index} span={span} wanted={wanted} />
      ))}
    </>
  );
});

function Span({ span, wanted }: { span: LogSpan; wanted: string }) {
  const { text, color, background, bold, dim, italic, underline } = span;
  const content =
    wanted === ''
      ? text
      : cutAt(text, wanted).map((piece, index) =>
          index % 2 === 1 ? (
            <mark key={index} className={css.match}>
              {piece}
            </mark>
          ) : (
            piece
          ),
        );
  if (color === undefined && background === undefined && !bold && !dim && !italic && !underline) return <>{content}</>;
  return (
    <span
      style={{
        ...paint(span),
        fontWeight: bold ? 700 : undefined,
        opacity: dim ? 0.7 : undefined,
        fontStyle: italic ? 'italic' : undefined,
        textDecoration: underline ? 'underline' : undefined,
      }}
    >
      {content}
    </span>
  );
}

/** The named colours are light, to be read on a dark ground: as a ground they are darkened, unless the text on them is black. */
function paint({ color, background }: LogSpan): { color?: string; background?: string } {
  if (background?.startsWith('ansi-') !== true) return { color: cssColor(color), background };
  if (color === 'ansi-black') return { color: 'var(--log-ground)', background: cssColor(background) };
  return { color: cssColor(color), background: `color-mix(in srgb, var(--${background}) 30%, var(--log-ground))` };
}

function cssColor(color: string | undefined): string | undefined {
  return color?.startsWith('ansi-') ? `var(--${color})` : color;
}
