import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoggerModule } from 'nestjs-pino';
import { AnalyticsModule } from './analytics/analytics.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CONFIG, ConfigModule } from './config.module.js';
import type { Config } from './config.js';
import { ConfigFileModule } from './config-file/config-file.module.js';
import { dataSourceOptions } from './database/data-source.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './health/metrics.controller.js';
import { loggerOptions } from './logging.js';
import { SavedViewModule } from './saved-view/saved-view.module.js';
import { StreamModule } from './stream/stream.module.js';
import { TrainTaskModule } from './train-task/train-task.module.js';
import { TrainerModule } from './trainer/trainer.module.js';

@Module({})
export class AppModule {
  static for(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.for(config),
        LoggerModule.forRoot(loggerOptions(config)),
        TypeOrmModule.forRootAsync({
          inject: [CONFIG],
          useFactory: (settings: Config) => ({ ...dataSourceOptions(settings), retryAttempts: 5, retryDelay: 1000 }),
        }),
        ScheduleModule.forRoot(),
        DatabaseModule,
        StreamModule,
        AuthModule,
        TrainerModule,
        TrainTaskModule,
        AnalyticsModule,
        ConfigFileModule,
        SavedViewModule,
      ],
      controllers: [HealthController, MetricsController],
    };
  }
}
