import { Button, Select, Text, Title } from '@mantine/core';
import { CONFIG_FORMATS, type ConfigFormat } from '@lora-ledger/training';
import { useEffect, useId, useMemo, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonText } from '../../ui/problem-text.js';
import { SourceEditor } from './source-editor.js';
import { syntaxOf } from './source-codec.js';
import css from './source.module.css';
import { useSourceSync } from './use-source-sync.js';
import type { TaskFormControl } from './use-task-form-state.js';
import { useWarningText } from './use-warning-text.js';

const WARNINGS_SHOWN = 30;

interface SourcePanelProps {
  control: TaskFormControl;
  /** The format to begin with: the chosen trainer's. */
  fallback: ConfigFormat;
  /** Filled with what brings typed text into the form at once. */
  settleRef: RefObject<() => void>;
  onSubmit: () => void;
}

/** The configuration as a trainer's file, beside the form and in step with it. */
export function SourcePanel({ control, fallback, settleRef, onSubmit }: SourcePanelProps) {
  const { t } = useTranslation();
  const warningText = useWarningText();
  const id = useId();
  const source = useSourceSync(control, fallback);
  const { problem, warnings, flush } = source;
  const said = useMemo(
    () =>
      problem === null
        ? null
        : { text: reasonText(t, problem.flaw, problem.facts), line: problem.facts.line, column: problem.facts.column },
    [t, problem],
  );
  useEffect(() => {
    settleRef.current = flush;
    return () => {
      settleRef.current = () => {};
    };
  }, [settleRef, flush]);
  return (
    <section className={css.panel} aria-labelledby={id}>
      <div className={css.head}>
        <Title order={2} fz={15} id={id}>
          {t('form.source.title')}
        </Title>
        <Select
          size="xs"
          w={150}
          aria-label={t('form.source.format')}
          allowDeselect={false}
          value={source.format}
          comboboxProps={{ withinPortal: true }}
          data={CONFIG_FORMATS.map((format) => ({ value: format, label: t(`form.format.${format}`) }))}
          onChange={(next) => {
            if (next !== null && next !== source.format) source.choose(next);
          }}
        />
      </div>
      <SourceEditor
        text={source.text}
        syntax={syntaxOf(source.format, source.text)}
        label={t('form.source.label')}
        problem={said}
        onChange={source.type}
        onSubmit={onSubmit}
      />
      <div className={css.foot} aria-live="polite">
        {problem !== null && said !== null && (
          <div className={css.problem} role="alert">
            <span>
              {said.text} {t('form.source.kept')}
              <OffendingLine text={source.text} line={said.line} />
              <small lang="en" className={css.parserSays}>
                {problem.message}
              </small>
            </span>
            <Button size="compact-xs" variant="default" onClick={source.rewrite}>
              {t('form.source.rewrite')}
            </Button>
          </div>
        )}
        {problem === null && warnings.length === 0 && <span>{t('form.source.inStep')}</span>}
        {problem === null && warnings.length > 0 && (
          <>
            <Text size="xs" fw={600} c="var(--mantine-color-text)">
              {t('form.source.cannotSay', { count: warnings.length, format: t(`form.format.${source.format}`) })}
            </Text>
            <ul tabIndex={0} aria-label={t('form.source.cannotSay', { count: warnings.length, format: t(`form.format.${source.format}`) })}>
              {warnings.slice(0, WARNINGS_SHOWN).map(({ code, path, message }) => (
                <li key={`${code}${path ?? ''}${message}`}>{warningText({ code, path })}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

/** Below the sentence about it: the editor may be scrolled to another place. */
function OffendingLine({ text, line }: { text: string; line: number | undefined }) {
  const content = line === undefined ? '' : (text.split('\n')[line - 1] ?? '').trim();
  return content === '' ? null : (
    <code translate="no" className={css.offending}>
      {content.slice(0, 120)}
    </code>
  );
}
