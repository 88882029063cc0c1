import type { Alarm, FunctionSettings, Rollout } from '../../../src/ir/index.js';

/** Minutes that CodeDeploy has configurations for, with steps of ten per cent (CodeDeploy user guide, predefined configurations for Lambda). */
const predefined = { canary: [5, 10, 15, 30], linear: [1, 2, 3, 10] } as const;
/** The longest interval of a configuration, in minutes. */
const longestInterval = 2_880;

const minutesOf = ({ intervalMs }: Rollout): number => Math.min(longestInterval, Math.max(1, Math.ceil(intervalMs / 60_000)));

/** What CodeDeploy calls the way of a rollout, after `CodeDeployDefault.Lambda`; nothing where it has no name for it. */
export const predefinedName = (rollout: Rollout): string | undefined => {
  const { strategy, percent } = rollout;
  if (strategy === 'all-at-once') return 'AllAtOnce';
  const minutes = minutesOf(rollout);
  if (percent !== 10 || !(predefined[strategy] as readonly number[]).includes(minutes)) return undefined;
  return strategy === 'canary' ? `Canary10Percent${minutes}Minutes` : `Linear10PercentEvery${minutes}Minute${minutes === 1 ? '' : 's'}`;
};

/** A way of rollout that CodeDeploy has to be told of. */
export interface Configuration { readonly name: string; readonly kind: 'canary' | 'linear'; readonly minutes: number; readonly percent: number }

export const configurationOf = (rollout: Rollout): Configuration => {
  const kind = rollout.strategy === 'linear' ? 'linear' : 'canary';
  const minutes = minutesOf(rollout);
  return { name: `${kind === 'canary' ? 'Canary' : 'Linear'}${rollout.percent}PercentEach${minutes}Minutes`, kind, minutes, percent: rollout.percent };
};

/** Of the alias, in whose requests the new version has its share. */
export interface AlarmFacts {
  /** `Errors`, `Slow99x9`: tells the alarms of one function apart. */
  readonly name: string;
  readonly metric: 'Errors' | 'Duration';
  /** `Sum`, or a percentile as `p95`. */
  readonly statistic: string;
  /** A number of errors a minute, or milliseconds. */
  readonly above: number;
}

export const alarmFacts = (alarm: Alarm): AlarmFacts => (alarm.kind === 'errors'
  ? { name: 'Errors', metric: 'Errors', statistic: 'Sum', above: 0 }
  : { name: `Slow${String(alarm.percentile).replace('.', 'x')}`, metric: 'Duration', statistic: `p${alarm.percentile}`, above: alarm.aboveMs });

/** What whoever deployed can do about a version that should not have been. */
export const wayBack = [
  { name: 'stop rollout', what: 'Takes a new version back to 0 % of the requests at once, while it is rolled out', command: 'aws deploy stop-deployment --auto-rollback-enabled --deployment-id DEPLOYMENT' },
  { name: 'go back', what: 'Has a function answer with an earlier version at once, after the rollout', command: 'aws lambda update-alias --name live --function-name FUNCTION --function-version VERSION' },
] as const;

export const rolledOut = (functions: Iterable<{ readonly settings: FunctionSettings }>): boolean => [...functions].some(({ settings }) => settings.rollout !== undefined);
