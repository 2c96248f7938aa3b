import { lazy, type ComponentType } from 'react';
import type { SectionName } from './analytics-search.js';
import type { SectionProps } from './section.js';

/** Each section is loaded when it is opened. */
export const SECTION_VIEWS: Record<SectionName, ComponentType<SectionProps>> = {
  overview: lazy(async () => ({ default: (await import('./overview/overview-section.js')).OverviewSection })),
  success: lazy(async () => ({ default: (await import('./success/success-section.js')).SuccessSection })),
  convergence: lazy(async () => ({ default: (await import('./convergence/convergence-section.js')).ConvergenceSection })),
  durations: lazy(async () => ({ default: (await import('./durations/durations-section.js')).DurationsSection })),
  failures: lazy(async () => ({ default: (await import('./failures/failures-section.js')).FailuresSection })),
  cost: lazy(async () => ({ default: (await import('./cost/cost-section.js')).CostSection })),
  importance: lazy(async () => ({ default: (await import('./importance/importance-section.js')).ImportanceSection })),
  recommendations: lazy(async () => ({ default: (await import('./recommendations/recommendations-section.js')).RecommendationsSection })),
};
