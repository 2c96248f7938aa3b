import type { Section } from '../catalogue.js';

export const curves: Section<'curves'> = {
  metrics: '要显示的指标',
  log: '对数坐标',
  smoothing: '平滑',
  axis: '横轴',
  axes: {
    step: '步数',
    epoch: '轮次',
    time: '时刻',
    relative: '已用时间',
  },
  resetZoom: '重置缩放',
  zoomHint: '拖动放大，双击还原',
  touchHint: '拖动或双指缩放，双击还原',
  keys: '左右方向键沿曲线移动，按住 Shift 移动更快，放大后可越过边缘；加号和减号缩放，0 还原。',
  seen: '显示 {{from}} 到 {{to}}',
  seenWhole: '显示整条曲线',
  step: '步',
  epoch: '轮',
  point: '{{name}}：第 {{step}} 步为 {{value}}',
};
