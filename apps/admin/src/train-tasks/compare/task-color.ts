/** As many hues as tasks can be compared; neighbours differ in hue and lightness. All keep a contrast of 3:1 to both backgrounds. */
const COLORS = [
  '#4c6ef5', '#e8590c', '#0b8457', '#ae3ec9', '#b7791f', '#1098ad', '#e03177', '#6b7280', '#7048e8', '#5c940d',
  '#c2255c', '#0c8599', '#d9480f', '#3b7dd8', '#a0522d', '#2b8a3e', '#9c36b5', '#868e96', '#c92a2a', '#66781f',
];

/** The same task has the same colour everywhere on the page. */
export function taskColor(index: number): string {
  return COLORS[index % COLORS.length] ?? '#4c6ef5';
}
