import { CreateLedger1700000000000 } from './1700000000000-create-ledger.js';
import { CreateAuth1700000001000 } from './1700000001000-create-auth.js';
import { CreateSavedView1700000002000 } from './1700000002000-create-saved-view.js';
import { RememberWeights1700000003000 } from './1700000003000-remember-weights.js';
import { PartitionMetricPoints1700000006000 } from './1700000006000-partition-metric-points.js';
import { IndexEveryOrder1700000009000 } from './1700000009000-index-every-order.js';
import { KeepTaskFacts1700000010000 } from './1700000010000-keep-task-facts.js';
import { CreateBudget1700000011000 } from './1700000011000-create-budget.js';
import { TellHowFactsSpread1700000012000 } from './1700000012000-tell-how-facts-spread.js';
import { CountFailuresInParallel1700000016000 } from './1700000016000-count-failures-in-parallel.js';
import { TellWhoMayNoMore1700000018000 } from './1700000018000-tell-who-may-no-more.js';
import { PackTaskFacts1700000019000 } from './1700000019000-pack-task-facts.js';
import { RankRunsOfAModel1700000020000 } from './1700000020000-rank-runs-of-a-model.js';
import { KnowRareWords1700000021000 } from './1700000021000-know-rare-words.js';
import { SortTheTrash1700000027000 } from './1700000027000-sort-the-trash.js';

/** Oldest first; forward only. */
export const MIGRATIONS = [
  CreateLedger1700000000000,
  CreateAuth1700000001000,
  CreateSavedView1700000002000,
  RememberWeights1700000003000,
  PartitionMetricPoints1700000006000,
  IndexEveryOrder1700000009000,
  KeepTaskFacts1700000010000,
  CreateBudget1700000011000,
  TellHowFactsSpread1700000012000,
  CountFailuresInParallel1700000016000,
  TellWhoMayNoMore1700000018000,
  PackTaskFacts1700000019000,
  RankRunsOfAModel1700000020000,
  KnowRareWords1700000021000,
  SortTheTrash1700000027000,
];
