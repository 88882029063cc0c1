import { getTags } from '../generated/contract/get-tags.js';
import { newest } from './articles.js';

export const handler = getTags(async () => ({ status: 200, body: { tags: [...new Set(newest().flatMap(({ tagList }) => tagList))] } }));
