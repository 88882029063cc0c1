import { awsCapabilities } from '../kit/aws/capabilities.js';

const rollout = { 'function.rollout': { how: 'not-yet', note: 'a new version takes all requests at once; start a CodeDeploy deployment of the alias from your pipeline' } } as const;

export const capabilities = awsCapabilities({
  rest: rollout,
  http: rollout,
});
