/** What tasks can be grouped by, beside `extra.<key>`. */
export const DIMENSIONS = [
  'loraRank',
  'loraAlpha',
  'learningRate',
  'batchSize',
  'epochs',
  'modelName',
  'trainer',
  'user',
  'gpu',
  'host',
] as const;
export type DimensionName = (typeof DIMENSIONS)[number];

/** What a training can be made better in. */
export const OBJECTIVES = ['finalLoss', 'success', 'time'] as const;
export type Objective = (typeof OBJECTIVES)[number];

export const COST_DIMENSIONS = ['user', 'model', 'week'] as const;
export type CostDimension = (typeof COST_DIMENSIONS)[number];

/** Whose spending can have a limit. */
export const BUDGET_SUBJECTS = ['user', 'model'] as const;
export type BudgetSubject = (typeof BUDGET_SUBJECTS)[number];

/** The median duration of an overview is that of so many of the newest successes: they tell how long trainings take as well as all would. */
export const MEDIAN_OF = 10_000;
