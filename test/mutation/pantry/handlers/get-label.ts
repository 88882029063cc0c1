import { getLabel } from '../generated/contract/get-label.js';
import { error, label } from './pantry.js';

export const handler = getLabel(async ({ params }) => {
  const kept = label(params.label);
  return kept ? { status: 200, body: kept } : error(404, 'no such label');
});
