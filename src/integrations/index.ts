import { bucketStyle } from './bucket/style.js';
import { busStyle } from './bus/style.js';
import { functionStyle } from './function/style.js';
import { httpStyle } from './http/style.js';
import { mockStyle } from './mock/style.js';
import { queueStyle } from './queue/style.js';
import { serviceStyle } from './service/style.js';
import { streamStyle } from './stream/style.js';
import type { Style } from './style.js';
import { tableStyle } from './table/style.js';
import { topicStyle } from './topic/style.js';
import { workflowStyle } from './workflow/style.js';

/** Every integration style, in the order of the reference. */
export const styles: readonly Style[] = [
  functionStyle, queueStyle, topicStyle, busStyle, streamStyle, workflowStyle, tableStyle, bucketStyle, serviceStyle, httpStyle, mockStyle,
];
