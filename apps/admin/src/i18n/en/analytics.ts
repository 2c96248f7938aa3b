/** The page Analytics: what all past trainings one may see add up to. “Run” is one attempt of a task; a run has ended when it succeeded or failed. */
export const analytics = {
  title: 'Analytics',
  sections: 'Questions',
  /** The questions of the page, in its tabs. */
  section: {
    overview: 'Overview',
    success: 'Success rate',
    convergence: 'Convergence',
    durations: 'Durations',
    failures: 'Failures',
    cost: 'Cost',
    importance: 'Importance',
    recommendations: 'Recommendations',
  },
  /** What runs can be grouped by, in a choice and at the axes of charts. */
  dimension: {
    loraRank: 'Rank',
    loraAlpha: 'Alpha',
    learningRate: 'Learning rate',
    batchSize: 'Batch size',
    epochs: 'Epochs',
    modelName: 'Model',
    trainer: 'Trainer',
    user: 'Owner',
    gpu: 'GPU',
    host: 'Host',
  },
  /** How long a step of time is, in a choice. */
  bucket: { day: 'Day', week: 'Week', month: 'Month' },
  /** Label of the choice of a dimension. */
  by: 'Group by',
  /** Heading over the parameters of the trainer itself, in the same choice. */
  parameters: 'Parameters',
  /** Of a second dimension: only one is wanted. */
  none: 'None',
  /** Name of the group of runs that have no value. */
  notSet: 'not set',
  /** Instead of a number of steps: the target was not reached. */
  never: 'never',
  rate: 'Success rate',
  /** Behind a rate. n is the size of the sample; interval has two rates. */
  interval: '{{interval}} (95 %), n = {{n}}',
  interval95: '95 % interval',
  outcomes: 'Ended runs',
  runs: 'Runs',
  tasks: 'Tasks',
  n: 'n = {{n}}',
  /** At a group too small to trust. */
  fewCount: 'n = {{n}}, too few',
  fewRate: '{{rate}} (too few)',
  tooFew: 'Fewer than 10 ended runs: too few to say.',
  /** A count and what it is of: “12 of 40”. */
  of: '{{part}} of {{all}}',
  /** A share in percent, and the count it comes from. */
  share: '{{share}} ({{part}})',
  failed: 'This could not be computed',
  /** Way out below a chart for which there is too little. */
  widen: 'Widen the time range, remove a filter, or come back when more runs have ended.',
  /** Below every chart: how many tasks it rests on and how old it is. */
  basis: {
    all_one: 'From {{formatted}} task, as of {{time}}.',
    all_other: 'From {{formatted}} tasks, as of {{time}}.',
    sampled_one: 'From {{formatted}} of the newest tasks, which stand for all; as of {{time}}.',
    sampled_other: 'From {{formatted}} of the newest tasks, which stand for all; as of {{time}}.',
  },
  /** Instead of the page, before anything has run. */
  empty: {
    title: 'Nothing to analyse yet',
    text: 'Once trainings have run, this page shows which parameters succeed, how losses fall, what fails and what to try next. Only tasks you may see are counted.',
  },
  /** Buttons and hints that every chart has. */
  chart: {
    asTable: 'Show as table',
    asChart: 'Show as chart',
    export: 'Export',
    csv: 'Figures as CSV',
    png: 'Picture as PNG',
    click: 'Click to see the tasks',
  },
  /** Tab Overview: figures in cards, each with its change against the period before, then charts. The …Text are read to those who cannot see a chart. */
  overview: {
    tasks: 'Tasks',
    rate: 'Success rate',
    running: 'Running now',
    waiting_one: '{{formatted}} waiting',
    waiting_other: '{{formatted}} waiting',
    median: 'Median duration',
    medianOf: 'of the newest {{formatted}} successes',
    gpuHours: 'GPU hours',
    cost: 'Cost',
    change: '{{change}} vs. before',
    points: '{{points}} points vs. before',
    previous: 'Changes are against the time just before, as long as the one chosen.',
    choose: 'Compare with the period before:',
    states: 'Tasks over time',
    statesText: 'Stacked bars: tasks by state, {{count}} bars, one per {{bucket}}.',
    rateOverTime: 'Success rate over time',
    rateText: 'A line of success rates over time, each with its 95 % interval.',
  },
  /** Tab Success rate: bars by one dimension, or a heat map by two. */
  success: {
    and: 'and by',
    byOne: 'Success rate by {{by}}',
    byTwo: 'Success rate by {{by}} and {{and}}',
    byOneText: 'Bars: success rate by {{by}}, {{count}} values, each with its 95 % interval.',
    byTwoText: 'Heat map: success rate by {{by}} across and {{and}} down; the deeper, the better.',
    overall_one: '{{rate}} of {{formatted}} ended run succeeded ({{interval}}). Cancelled runs are not counted.',
    overall_other: '{{rate}} of {{formatted}} ended runs succeeded ({{interval}}). Cancelled runs are not counted.',
    surely: 'The groups differ far more than chance explains.',
    likely: 'The groups differ more than chance explains (p = {{p}}).',
    chance: 'The differences between the groups may be chance (p = {{p}}).',
    omitted_one: 'One rare value is left out.',
    omitted_other: '{{formatted}} rare values are left out.',
    tooFewText: 'Pale: fewer than 10 ended runs. Their rate is not a finding.',
    none: 'No run has ended yet',
    noneText: 'A success rate needs runs that succeeded or failed. Remove a filter, or come back when some have ended.',
  },
  /** Tab Convergence: how a metric falls while runs go on. A run diverged when its loss became NaN or exploded; it is not asked of other metrics. */
  convergence: {
    metric: 'Metric',
    target: 'Target to reach',
    title: '{{metric}} over the run, by {{by}}',
    text: 'Lines: the median of {{metric}} over the run for {{count}} groups by {{by}}, each with a band between its quartiles.',
    lead: 'Line: the middle run. Band: between the quartiles, where half of the runs lie. Runs of different length are laid over each other by their progress. The groups below can be added and taken away.',
    progress: 'Progress of the run',
    median: 'median',
    at: 'at {{place}}',
    groups: 'How the groups ended',
    diverged: 'Diverged',
    final: 'Median at the end',
    reached: 'Came down to {{target}}',
    steps: 'Median steps until then',
    middle: 'Middle half, steps',
    fromStep: 'from {{from}}; a quarter never',
    tooFewText: 'Dashed: fewer than 10 ended runs. Where they ended is not a finding.',
    shown: 'Groups by {{by}} that are drawn',
    unaligned_one: 'One run stopped early without saying how long it was to be: it counts, but its curve is not drawn.',
    unaligned_other: '{{count}} runs stopped early without saying how long they were to be: they count, but their curves are not drawn.',
    none: 'No curves to compare',
    noneText: 'None of these runs has ended with a curve of “{{metric}}”. Choose another metric, or remove a filter.',
  },
  /** Tab Durations: box plots and percentiles of times. */
  durations: {
    figure: 'What is measured',
    duration: 'Duration',
    waiting: 'Time in the queue',
    throughput: 'Steps per second',
    perSecond: '{{value}}/s',
    p10: '10 % below',
    p25: 'Lower quartile',
    p50: 'Median',
    p75: 'Upper quartile',
    p90: '90 % below',
    p99: '99 % below',
    title: '{{figure}} by {{by}}',
    text: 'Boxes: {{figure}} by {{by}} for {{count}} values. The box holds the middle half, the line inside is the median, the whiskers hold eight of ten.',
    lead: 'All together: median {{p50}}, nine of ten below {{p90}}, 99 of 100 below {{p99}}. Box: the middle half; whiskers: eight of ten.',
    spread: 'How durations are spread',
    spreadText: 'Bars: how many tasks took how long.',
    none: 'No run has succeeded yet',
    noneText: 'Durations are those of successful runs, unless you filter by another status.',
    noneStarted: 'No run has started yet',
    ofStarted: 'Time in the queue is that of all runs that started, whatever became of them.',
  },
  /** Tab Failures: values that failed runs have more often than others, reasons over time, groups of like error messages. */
  failures: {
    suspects: 'What failures have in common',
    noSuspects: 'No parameter, host or GPU stands out: the failures keep no company beyond what chance explains.',
    tested_one: '{{formatted}} value was tested over the newest {{tasks}} ended runs (Fisher’s exact test).',
    tested_other:
      '{{formatted}} values were tested over the newest {{tasks}} ended runs (Fisher’s exact test, corrected for their number after Benjamini and Hochberg).',
    suspect: '{{name}}: {{failures}} of {{n}} failed',
    with: 'with it',
    without: 'elsewhere',
    show_one: 'Show the failure',
    show_other: 'Show the {{formatted}} failures',
    statistic: 'Odds of failing × {{odds}}; corrected p = {{q}}',
    overTime: 'Reasons over time',
    overTimeText: 'Stacked bars: failures by reason over time.',
    signatures: 'Errors that say the same',
    newest_one: 'Grouped from the newest failure.',
    newest_other: 'Grouped from the newest {{formatted}} failures.',
    times_one: '{{formatted}} time',
    times_other: '{{formatted}} times',
    seen: '{{first}} – {{last}}',
    latest: 'Latest task',
    showNewest_one: 'Show the newest of them',
    showNewest_other: 'Show the newest {{formatted}}',
    noText: 'No message was reported',
    none: 'Nothing has failed',
    noneText: 'Among the tasks that these filters select there is no failure.',
  },
  /** Tab Cost: GPU hours, and money where a price is set. */
  cost: {
    /** What a row of the chart is, as a heading of its table. */
    per: { user: 'Owner', model: 'Model', week: 'Week' },
    /** Title of the chart, by what a row is. */
    by: { user: 'GPU hours by owner', model: 'GPU hours by model', week: 'GPU hours by week' },
    text: 'Bars: GPU hours of {{count}} rows, with the part spent on runs that failed.',
    total: '{{hours}} GPU hours, {{failed}} of them on runs that failed. Cost: {{cost}}.',
    otherHours: 'Other runs',
    failedHours: 'Failed runs',
    noPrice: 'no price is set',
    noPriceText: 'Costs appear once an operator gives the trainer profiles a price per hour.',
    none: 'No run has ended yet',
    noneText: 'GPU hours and costs are written when a run ends. Remove a filter, or come back when some have ended.',
  },
  /** Card of monthly budgets in the tab Cost, and the dialog that changes one. */
  budget: {
    title: 'Budgets of this month',
    add: 'Set a budget',
    edit: 'Budget of {{name}}',
    none: 'No budget is set. With one, its owner and the admins see here how much of it is used, and are warned in time.',
    of: 'Whose budget',
    warn: 'Nearly used up',
    over: 'Used up',
    spent: '{{spent}} of {{monthly}}',
    used: '{{name}}: {{share}} used',
    warnsAt: 'Warns from {{share}} on',
    monthly: 'Cost per calendar month',
    monthlyHelp: 'In the unit in which trainer profiles have their price. Nothing is stopped when it is used up.',
    warnAt: 'Warn from',
    save: 'Save',
    remove: 'Remove budget',
  },
  /** What “better” means for importance and recommendations. */
  objective: {
    label: 'Better in what',
    finalLoss: 'Final loss',
    success: 'Success',
    time: 'Time',
  },
  /** Tab Importance: which parameters decide the outcome. */
  importance: {
    title: 'What decides: {{objective}}',
    text: 'Bars: how much each of {{count}} parameters decides, with its 95 % interval.',
    explained: 'All parameters together explain {{share}} of the differences between unseen runs.',
    hardlyExplained: 'All parameters together explain only {{share}} of the differences: something else decides.',
    nothing: 'Nothing stands out',
    nothingText:
      'In {{formatted}} runs no parameter can be told from chance, and all together explain {{share}} of the differences between unseen runs ({{objective}}). Either what was varied makes little difference here, or what decides is not among the parameters: the data, its captions, the seed. Look at one model alone, or vary one parameter on purpose.',
    share: 'Share it decides',
    q: 'Corrected p',
    notable: 'Notable',
    notNotable: 'Not distinguishable from chance',
    click: 'Click to see what it does',
    parameter: 'Parameter',
    refused: 'Too little to say which parameters matter',
    how: 'A small random forest learns to predict the outcome from the parameters. A parameter’s share is what the prediction of unseen runs loses when its values are shuffled; the interval comes from repeating this. Pale bars cannot be told from chance.',
  },
  /** Tab Recommendations: groups of runs that have proven themselves, and combinations worth a try. */
  recommend: {
    proven: 'Proven',
    /** Below the heading “Proven”, by objective. */
    provenText: {
      finalLoss:
        'Groups of at least ten runs, ranked by the loss that half of their successes stay below for sure. A few lucky runs prove nothing.',
      success: 'Groups of at least ten runs, ranked by the success rate they reach at the least. A few lucky runs prove nothing.',
      time: 'Groups of at least ten runs, ranked by the time that half of their successes stay below for sure. A few quick runs prove nothing.',
    },
    groupedBy: 'Grouped by {{names}}: what tells good runs from bad. Everything else differs within a group.',
    leftOut_one: 'One run has too few like it to form a group.',
    leftOut_other: '{{formatted}} runs have too few like them to form a group.',
    unproven: 'Nothing is proven yet',
    everything: 'All runs of this model',
    within: 'Your task already lies in this group.',
    distance_one: 'Your task differs in one of {{all}}: {{names}}.',
    distance_other: 'Your task differs in {{count}} of {{all}}: {{names}}.',
    provenTitle: 'Proven {{place}}',
    next: 'Next to try',
    nextText:
      'Combinations without a result that nobody is running now, where a model of past runs expects the most. Check them before you submit.',
    inAll: 'The same in all of them: {{values}}.',
    /** Between the names of an enumeration. */
    separator: ', ',
    noNext: 'Nothing new to suggest yet: it takes at least four different combinations that succeeded.',
    nextTitle: 'Suggestion {{place}}',
    refused: 'Nothing to recommend yet',
    clone: 'Clone with these',
    bestOf: 'Clones its best run, with {{values}}.',
    try: 'Try these',
    medianLoss: 'Median final loss',
    endsWell: 'Chance to end well',
    /** Label of the expectation of a suggestion, by objective. */
    expected: { finalLoss: 'Expected final loss', success: 'Expected success rate', time: 'Expected time' },
    tasks_one: 'Show the run',
    tasks_other: 'Show the {{formatted}} runs',
    compare_one: 'Open the best',
    compare_other: 'Compare the best {{count}}',
    present: 'Compared with one task',
    otherModel: 'Not compared: the task trains another model',
    noPresent: 'Do not compare with one task',
    /** Behind a value that differs from that of the task compared with. */
    from: 'instead of {{value}}',
  },
  /** Why something is recommended or why nothing is: one sentence by its code in the answer. have: runs there are; needed: runs it takes; low and high: ends of an interval. */
  sentence: {
    TOO_FEW_TASKS_one: 'Only one run has ended; {{needed}} are needed.',
    TOO_FEW_TASKS_other: '{{have}} runs have ended; {{needed}} are needed.',
    ONE_OUTCOME_one: 'Only one run ended the other way; {{needed}} are needed to compare with.',
    ONE_OUTCOME_other: 'Only {{have}} runs ended the other way; {{needed}} are needed to compare with.',
    NOTHING_VARIES: 'All these runs have the same parameters: there is nothing to compare.',
    NO_SUCCESS_one: 'The one run that ended failed: look at the failures first.',
    NO_SUCCESS_other: 'None of {{have}} ended runs succeeded: look at the failures first.',
    NONE_PROVEN:
      'None of the groups of {{group}} or more among {{have}} ended runs has the {{needed}} successes it takes to say what it is worth.',
    BETTER_LOSS:
      '{{successes}} of {{n}} runs like these succeeded, at least {{low}} with 95 % confidence. Half of those end at {{high}} or lower with 95 % confidence; elsewhere the median is {{others}}.',
    BETTER_TIME:
      '{{successes}} of {{n}} runs like these succeeded, at least {{low}} with 95 % confidence. Half of those take {{high}} or less with 95 % confidence; elsewhere the median is {{others}}.',
    PROVEN_LOSS:
      '{{successes}} of {{n}} runs like these succeeded, at least {{low}} with 95 % confidence. Half of those end at {{high}} or lower with 95 % confidence.',
    PROVEN_TIME:
      '{{successes}} of {{n}} runs like these succeeded, at least {{low}} with 95 % confidence. Half of those take {{high}} or less with 95 % confidence.',
    PROVEN_SUCCESS: '{{successes}} of {{n}} runs like these succeeded, at least {{low}} with 95 % confidence.',
    ALIKE_LOSS:
      'No parameter tells good runs from bad beyond chance, so all stand together: {{successes}} of {{n}} succeeded, half of those end at {{high}} or lower with 95 % confidence.',
    ALIKE_TIME:
      'No parameter tells good runs from bad beyond chance, so all stand together: {{successes}} of {{n}} succeeded, half of those take {{high}} or less with 95 % confidence.',
    ALIKE_SUCCESS: 'No parameter tells good runs from bad beyond chance, so all stand together: {{successes}} of {{n}} succeeded.',
    EXPECTED_BETTER:
      'No result with these yet. From runs with similar parameters {{value}} is expected ({{low}} to {{high}}), better than the best so far; it ends well with a probability of {{success}}.',
    LITTLE_KNOWN:
      'No result with these yet, and little is known there: {{value}} is expected ({{low}} to {{high}}), which may turn out better than the best so far. It ends well with a probability of {{success}}.',
  },
} as const;
