import { choice, either, keyed, type Shape } from '../language/shape.js';
import { styles } from './index.js';

/** `integration`: the word `function`, or a block of one style. */
export const integrationShape: Shape = either('Where the request goes.', [
  choice('A function gets the normalised request.', ['function']),
  keyed('One style.', Object.fromEntries(styles.map(({ name, shape }) => [name, shape]))),
], { default: 'function' });
