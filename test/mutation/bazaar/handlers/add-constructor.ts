import { addConstructor } from '../generated/contract/add-constructor.js';
import { keep, next } from './bazaar.js';

export const handler = addConstructor(async ({ body }) => {
  const constructor = `c${next('constructors')}`;
  return { status: 201, body: keep('constructors', constructor, { constructor, title: body.title, ...(Object.hasOwn(body, 'toString') ? { toString: body.toString } : {}) }) as never };
});
