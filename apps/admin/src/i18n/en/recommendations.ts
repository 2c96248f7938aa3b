/** Tab Recommendations: groups of runs that have proven themselves, and combinations worth a try. */
export const recommend = {
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
} as const;

/** Why something is recommended or why nothing is: one sentence by its code in the answer. have: runs there are; needed: runs it takes; low and high: ends of an interval. */
export const sentence = {
  TOO_FEW_TASKS_one: 'Only one run has ended; {{needed}} are needed.',
  TOO_FEW_TASKS_other: '{{have}} runs have ended; {{needed}} are needed.',
  ONE_OUTCOME_one: 'Only one run ended the other way; {{needed}} are needed to compare with.',
  ONE_OUTCOME_other: 'Only {{have}} runs ended the other way; {{needed}} are needed to compare with.',
  NOTHING_VARIES: 'All these runs have the same parameters: there is nothing to compare.',
  NO_SUCCESS_one: 'The one run that ended failed: look at the failures first.',
  NO_SUCCESS_other: 'None of {{have}} ended runs succeeded: look at the failures first.',
  NONE_PROVEN:
    'None of the groups of {{group}} or more among {{have}} ended runs has the {{needed}} successes it takes to say what it is worth.',
  TRAINERS_GONE: 'What proved good rests on trainers that are no longer set up: {{trainers}}.',
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
} as const;
