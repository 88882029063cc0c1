// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { keepNode } from '../generated/contract/keep-node.js';

/** PUT /tree */
export const handler = keepNode(async ({ body }) => {
  // body: Node
  // Answers: 200 Node · default object
  return { status: 501 };
});
