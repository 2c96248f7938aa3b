import { filterOf, listBehind, OUTCOMES, parseAnalyticsSearch, toAnalyticsQuery } from './analytics-search.js';

describe('the address of an analytics page', () => {
  it('holds the filters of the list and what is asked', () => {
    expect(
      parseAnalyticsSearch({
        modelName: 'sd15',
        created: '30d',
        by: 'loraRank',
        and: 'extra.optimizer',
        target: '0.2',
        objective: 'time',
        sort: 'name',
      }),
    ).toEqual({ modelName: ['sd15'], created: '30d', by: 'loraRank', and: 'extra.optimizer', target: 0.2, objective: 'time' });
  });
  it('leaves out what makes no sense', () => {
    expect(
      parseAnalyticsSearch({
        by: 'colour',
        and: 'extra.',
        target: 'low',
        figure: 'x',
        per: 'day',
        objective: 'fame',
        present: 'this',
        metric: ' ',
      }),
    ).toEqual({});
    expect(parseAnalyticsSearch({ by: 'loraRank', and: 'loraRank' })).toEqual({ by: 'loraRank' });
  });
  it('keeps the filters alone from one question to the next', () => {
    expect(filterOf({ modelName: ['sd15'], by: 'loraRank', target: 1 })).toEqual({ modelName: ['sd15'] });
  });
  it('asks the same question for a minute', () => {
    const search = { created: '7d' } as const;
    expect(toAnalyticsQuery(search, Date.UTC(2026, 2, 8, 12, 0, 1))).toEqual(toAnalyticsQuery(search, Date.UTC(2026, 2, 8, 12, 0, 59)));
  });
});

describe('the list behind a mark', () => {
  it('has the filters of the page and those of the mark', () => {
    expect(
      listBehind(
        { modelName: ['sd15'], extra: { optimizer: 'Lion' }, by: 'loraRank' },
        { loraRankMin: '32', loraRankMax: '32', 'extra.scheduler': 'cosine' },
        { status: ['FAILED'] },
      ),
    ).toEqual({
      modelName: ['sd15'],
      loraRankMin: 32,
      loraRankMax: 32,
      status: ['FAILED'],
      extra: { optimizer: 'Lion', scheduler: 'cosine' },
    });
  });
  it('narrows extra parameters by ranges, and by what is not set', () => {
    expect(
      listBehind(
        { extraMin: { dropout: 0.1 }, unset: ['gpu'] },
        { 'extraMin.warmup': '10', 'extraMax.warmup': '99.5', durationMin: '60', unset: 'epochs,extra.snr' },
      ),
    ).toEqual({
      extraMin: { dropout: 0.1, warmup: 10 },
      extraMax: { warmup: 99.5 },
      durationMin: 60,
      unset: ['gpu', 'epochs', 'extra.snr'],
    });
  });
  it('keeps to the states that the page is about, and there is none when the mark has others', () => {
    expect(listBehind({ status: ['SUCCESS', 'CANCELLED'] }, {}, { status: OUTCOMES })).toEqual({ status: ['SUCCESS'] });
    expect(listBehind({ status: ['CANCELLED', 'FAILED'] }, { status: 'FAILED' })).toEqual({ status: ['FAILED'] });
    expect(listBehind({ status: ['RUNNING'] }, { loraRankMin: '8' })).toEqual({ status: ['RUNNING'], loraRankMin: 8 });
    expect(listBehind({ status: ['RUNNING'] }, {}, { status: OUTCOMES })).toBeNull();
  });
  it('has the days of the mark instead of the moving range of the page', () => {
    expect(listBehind({ created: '30d' }, { createdFrom: '2026-03-01T00:00:00.000Z', createdTo: '2026-03-02T00:00:00.000Z' })).toEqual({
      createdFrom: '2026-03-01T00:00:00.000Z',
      createdTo: '2026-03-02T00:00:00.000Z',
    });
    expect(listBehind({ created: '30d' }, { user: 'grace' })).toEqual({ created: '30d', user: ['grace'] });
  });
});
