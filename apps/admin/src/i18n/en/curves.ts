export const curves = {
  metrics: 'Metrics to show',
  log: 'Log scale',
  smoothing: 'Smoothing',
  axis: 'Axis',
  axes: {
    step: 'Step',
    epoch: 'Epoch',
    time: 'Clock',
    relative: 'Elapsed',
  },
  resetZoom: 'Reset zoom',
  zoomHint: 'Drag to zoom, double-click to reset',
  keys: 'Left and right move along the curve, with Shift in larger steps. Plus and minus zoom, 0 resets.',
  step: 'step',
  epoch: 'epoch',
  point: '{{name}}: {{value}} at step {{step}}',
} as const;
