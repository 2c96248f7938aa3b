import { Module } from '@nestjs/common';
import { TrainerModule } from '../trainer/trainer.module.js';
import { AnalyticsController } from './analytics.controller.js';
import { Answers } from './answers.js';
import { Budgets } from './budgets.js';
import { Convergences } from './convergence.js';
import { Costs } from './costs.js';
import { Durations } from './durations.js';
import { ErrorGroups } from './error-groups.js';
import { Failures } from './failures.js';
import { Importances } from './importances.js';
import { Overviews } from './overview.js';
import { Recommendations } from './recommendations.js';
import { Snapshot } from './snapshot.js';
import { SuccessRates } from './success-rates.js';
import { Suspects } from './suspects.js';

/** What past tasks teach. Reads tables by its own SQL; writes nothing but budgets. */
@Module({
  imports: [TrainerModule],
  controllers: [AnalyticsController],
  providers: [
    Snapshot,
    Answers,
    Overviews,
    SuccessRates,
    Convergences,
    Durations,
    Failures,
    ErrorGroups,
    Suspects,
    Costs,
    Budgets,
    Importances,
    Recommendations,
  ],
})
export class AnalyticsModule {}
