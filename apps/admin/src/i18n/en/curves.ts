/** Around every chart of curves. */
export const curves = {
  metrics: 'Metrics to show',
  log: 'Log scale',
  smoothing: 'Smoothing',
  axis: 'Axis',
  /** What the horizontal axis shows. */
  axes: {
    step: 'Step',
    epoch: 'Epoch',
    time: 'Clock',
    relative: 'Elapsed',
  },
  resetZoom: 'Reset zoom',
  zoomHint: 'Drag to zoom, double-click to reset',
  touchHint: 'Drag or pinch to zoom, tap twice to reset',
  /** Read to those who use a chart by keyboard. */
  keys: 'Left and right move along the curve, with Shift in larger steps, and past the edge when zoomed in. Plus and minus zoom, 0 resets.',
  seen: 'Showing {{from}} to {{to}}',
  seenWhole: 'Showing the whole curve',
  /** Unit behind a number, as are epochs. */
  step: 'step',
  epoch: 'epoch',
  point: '{{name}}: {{value}} at step {{step}}',
} as const;
