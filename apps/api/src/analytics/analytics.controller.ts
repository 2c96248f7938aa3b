import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Budgets as BudgetList,
  Convergence,
  ConvergenceQuery,
  CostQuery,
  Costs as CostTable,
  DurationQuery,
  Durations as DurationTable,
  Failures as FailureReport,
  FailureQuery,
  Importance,
  ImportanceQuery,
  Overview,
  OverviewQuery,
  RecommendationQuery,
  Recommendations as RecommendationList,
  SetBudget,
  SuccessRateQuery,
  SuccessRates as RateTable,
} from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Access } from '../auth/access.js';
import { CurrentUser, type UserCaller } from '../auth/caller.js';
import { Describe } from '../openapi.js';
import { Budgets } from './budgets.js';
import { Convergences } from './convergence.js';
import { Costs } from './costs.js';
import { Durations } from './durations.js';
import { Failures } from './failures.js';
import { Importances } from './importances.js';
import { Overviews } from './overview.js';
import { Recommendations } from './recommendations.js';
import { SuccessRates } from './success-rates.js';

/** Every question takes the filters of the task list and is answered from the tasks the caller may see. */
@ApiTags('Analytics')
@Controller('analytics')
export class AnalyticsController {
  constructor(
    private readonly overviews: Overviews,
    private readonly successRates: SuccessRates,
    private readonly convergences: Convergences,
    private readonly durations: Durations,
    private readonly failures: Failures,
    private readonly costs: Costs,
    private readonly budgets: Budgets,
    private readonly importances: Importances,
    private readonly recommendations: Recommendations,
  ) {}

  @Access('signed-in')
  @Describe(Overview, { summary: 'How many, how well, how long, how dear; over time and against the period before' })
  @Get('overview')
  overview(@Query() query: OverviewQuery, @CurrentUser() caller: UserCaller): Promise<Overview> {
    return this.overviews.of(query, caller);
  }

  @Access('signed-in')
  @Describe(RateTable, { summary: 'Success rate by one or two parameters, with intervals' })
  @Get('success-rate')
  successRate(@Query() query: SuccessRateQuery, @CurrentUser() caller: UserCaller): Promise<RateTable> {
    return this.successRates.of(query, caller);
  }

  @Access('signed-in')
  @Describe(Convergence, { summary: 'How a metric falls over the run, by the value of a parameter' })
  @Get('convergence')
  convergence(@Query() query: ConvergenceQuery, @CurrentUser() caller: UserCaller): Promise<Convergence> {
    return this.convergences.of(query, caller);
  }

  @Access('signed-in')
  @Describe(DurationTable, { summary: 'How long trainings take and wait, and how fast they go' })
  @Get('durations')
  duration(@Query() query: DurationQuery, @CurrentUser() caller: UserCaller): Promise<DurationTable> {
    return this.durations.of(query, caller);
  }

  @Access('signed-in')
  @Describe(FailureReport, { summary: 'Why trainings fail, and which parameters are over-represented among failures' })
  @Get('failures')
  failure(@Query() query: FailureQuery, @CurrentUser() caller: UserCaller): Promise<FailureReport> {
    return this.failures.of(query, caller);
  }

  @Access('signed-in')
  @Describe(CostTable, { summary: 'GPU hours and cost by user, model or week' })
  @Get('cost')
  cost(@Query() query: CostQuery, @CurrentUser() caller: UserCaller): Promise<CostTable> {
    return this.costs.of(query, caller);
  }

  @Access('signed-in')
  @Describe(BudgetList, { summary: 'Budgets and what is spent of them this month', description: 'Admins see all, others their own.' })
  @Get('budgets')
  budget(@CurrentUser() caller: UserCaller): Promise<BudgetList> {
    return this.budgets.visibleTo(caller);
  }

  @Access('admin')
  @Describe(BudgetList, { summary: 'Set, change or take away the budget of a user or a model' })
  @Put('budgets')
  setBudget(@Body() budget: SetBudget, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<BudgetList> {
    return this.budgets.set(budget, caller, actor);
  }

  @Access('signed-in')
  @Describe(Importance, { summary: 'Which parameters decide the loss, the success or the time' })
  @Get('importance')
  importance(@Query() query: ImportanceQuery, @CurrentUser() caller: UserCaller): Promise<Importance> {
    return this.importances.of(query, caller);
  }

  @Access('signed-in')
  @Describe(RecommendationList, {
    summary: 'Proven combinations, and what to try next',
    description: 'Without `modelName` for the model used most of late.',
    problems: ['NOT_FOUND'],
  })
  @Get('recommendations')
  recommend(@Query() query: RecommendationQuery, @CurrentUser() caller: UserCaller): Promise<RecommendationList> {
    return this.recommendations.of(query, caller);
  }
}
