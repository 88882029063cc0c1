import { dropLabel } from '../generated/contract/drop-label.js';
import { dropLabel as drop } from './pantry.js';

export const handler = dropLabel(async ({ params }) => {
  drop(params.label);
  return { status: 204 };
});
