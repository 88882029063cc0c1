import { putLabel } from '../generated/contract/put-label.js';
import { keepLabel, label } from './pantry.js';

export const handler = putLabel(async ({ params, body }) => {
  const status = label(params.label) ? 200 : 201;
  const kept = { label: params.label, colour: body.colour };
  keepLabel(kept);
  return { status, body: kept };
});
