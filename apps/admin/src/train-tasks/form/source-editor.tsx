import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Syntax } from '@lora-ledger/training';
import { useEffect, useRef } from 'react';
import css from './source.module.css';

const LANGUAGES: Record<Syntax, () => Extension> = { json, yaml, toml: () => StreamLanguage.define(toml) };

/** Colours are those of the theme, so that both schemes have their own. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.atom], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--code-string)' },
  { tag: [tags.number, tags.integer, tags.float], color: 'var(--code-number)' },
  { tag: [tags.bool, tags.null, tags.keyword, tags.typeName], color: 'var(--code-word)' },
  { tag: [tags.comment, tags.meta], color: 'var(--code-comment)' },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: 'var(--code-mark)' },
]);

/** Marks a change that comes from the form, not from the person at the keyboard. */
const FromForm = Annotation.define<boolean>();

/** What is wrong with the text, in the person's language; `line` and `column` from 1, where they are known. */
export interface EditorProblem {
  text: string;
  line: number | undefined;
  column: number | undefined;
}

interface SourceEditorProps {
  text: string;
  syntax: Syntax;
  label: string;
  problem: EditorProblem | null;
  /** `whole`: a text was pasted over everything that stood there. */
  onChange: (text: string, whole: boolean) => void;
  onSubmit: () => void;
}

/** A text editor with colours and the place of an error. Its undo also takes back what the form has changed. */
export function SourceEditor({ text, syntax, label, problem, onChange, onSubmit }: SourceEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const language = useRef(new Compartment());
  const handlers = useRef({ onChange, onSubmit });
  const start = useRef({ text, syntax, label });
  useEffect(() => {
    handlers.current = { onChange, onSubmit };
  });

  useEffect(() => {
    if (place.current === null) return undefined;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start.current.text,
        extensions: [
          // Tab goes on to the next field, as everywhere in a form.
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: () => {
                  handlers.current.onSubmit();
                  return true;
                },
              },
            ]),
          ),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          indentOnInput(),
          bracketMatching(),
          syntaxHighlighting(COLOURS),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': start.current.label, spellcheck: 'false', tabindex: '0' }),
          language.current.of(LANGUAGES[start.current.syntax]()),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(FromForm) === true)) return;
            const pasted = update.transactions.some((transaction) => transaction.isUserEvent('input.paste'));
            let kept = 0;
            update.changes.iterGaps((_from, _to, length) => {
              kept += length;
            });
            handlers.current.onChange(update.state.doc.toString(), pasted && kept === 0);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(LANGUAGES[syntax]()) });
  }, [syntax]);

  useEffect(() => {
    if (view.current !== null) bringIn(view.current, text.replace(/\r\n?/g, '\n'));
  }, [text]);

  useEffect(() => {
    if (view.current !== null) mark(view.current, problem);
  }, [problem, text]);

  return <div ref={place} className={css.editor} />;
}

/** Only what differs is replaced: the cursor stays where it is, and so does the scroll position. */
function bringIn(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old[from] === text[from]) from += 1;
  let end = 0;
  while (end < shorter - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) }, annotations: FromForm.of(true) });
}

function mark(view: EditorView, problem: EditorProblem | null): void {
  const { doc } = view.state;
  if (problem?.line === undefined) {
    view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const line = doc.line(Math.min(Math.max(1, problem.line), doc.lines));
  const from = Math.min(line.to, line.from + Math.max(0, (problem.column ?? 1) - 1));
  view.dispatch(
    setDiagnostics(view.state, [{ from: from === line.to ? line.from : from, to: line.to, severity: 'error', message: problem.text }]),
  );
}
