import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const ledger: MantineColorsTuple = [
  '#eef1ff',
  '#dde3fb',
  '#b8c3f3',
  '#91a2ec',
  '#7085e6',
  '#5b73e2',
  '#4f68de',
  '#3f57d3',
  '#354cbd',
  '#2941a8',
];
/** A cool ink instead of neutral grey, so that status colours stand out without being loud. */
const ink: MantineColorsTuple = [
  '#d5d9e2',
  '#bcc2cf',
  '#949cae',
  '#6f788c',
  '#3d4455',
  '#2c3242',
  '#222735',
  '#191d29',
  '#12151f',
  '#0c0e16',
];

/**
 * The list of options scrolls itself, instead of an area inside it: a part of a page that scrolls has to be reached by keys, unless it is
 * the list of a field, whose arrow keys scroll it.
 */
const SCROLLING_LIST = {
  defaultProps: { withScrollArea: false },
  styles: { options: { maxHeight: 220, overflowY: 'auto', paddingInlineEnd: 'var(--combobox-padding)' } },
} as const;

export const theme = createTheme({
  primaryColor: 'ledger',
  primaryShade: { light: 7, dark: 7 },
  colors: { ledger, dark: ink },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace',
  headings: { fontWeight: '650' },
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    Menu: { defaultProps: { shadow: 'md' } },
    Popover: { defaultProps: { shadow: 'md' } },
    Modal: { defaultProps: { centered: true } },
    Autocomplete: SCROLLING_LIST,
    MultiSelect: SCROLLING_LIST,
    Select: SCROLLING_LIST,
    TagsInput: SCROLLING_LIST,
  },
});

const TINTED = ['ledger', 'gray', 'red', 'orange', 'teal', 'blue'] as const;

/** Backgrounds of alerts and soft buttons as a breath of their colour, the same strength for all. */
const tints = (percent: number) =>
  Object.fromEntries(
    TINTED.flatMap((name) => [
      [`--mantine-color-${name}-light`, `color-mix(in srgb, var(--mantine-color-${name}-6) ${percent}%, transparent)`],
      [`--mantine-color-${name}-light-hover`, `color-mix(in srgb, var(--mantine-color-${name}-6) ${percent + 5}%, transparent)`],
    ]),
  );

/** Mantine's dimmed text misses AA on this background by a little. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    ...tints(9),
    '--mantine-color-dimmed': colors.gray[7] ?? '',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-placeholder': colors.gray[6] ?? '',
  },
  dark: {
    ...tints(16),
    '--mantine-color-anchor': ledger[3],
    '--mantine-color-dimmed': colors.dark?.[1] ?? '',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': colors.dark?.[2] ?? '',
  },
});
