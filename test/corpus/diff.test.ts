import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { isObject, type Json } from '../../src/base/json.js';
import { compareVersions } from '../../src/cli/comparison.js';
import type { Compilation } from '../../src/compile.js';
import type { Change } from '../../src/diff/changes.js';
import { outcomes } from './outcomes.js';
import { compileCorpus, corpus, hasCorpus } from '../support/compile.js';
import { compiled, today } from '../diff/support.js';

const changes = (was: Compilation, now: Compilation): readonly Change[] | undefined => compareVersions(was, now, { folder: corpus, levels: new Map(), projects: [] }, today);

/** Every object with its keys the other way round. */
const turned = (value: Json): Json => (Array.isArray(value) ? value.map((item: Json) => turned(item)) : isObject(value) ? Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, turned(item)])) : value);

describe.runIf(hasCorpus)('real descriptions, against themselves', () => {
  it.each(outcomes.map(([document]) => document))('%s', async (document) => {
    const was = await compileCorpus(document, { emitters: [] });
    if (!was.api) return;
    expect(changes(was, await compileCorpus(document, { emitters: [] }))).toEqual([]);
    if (was.document?.files.size !== 1) return;
    const text = readFileSync(join(corpus, document), 'utf8');
    const alone = await compiled(text);
    const value = alone.document?.files.get(alone.document.root)?.value ?? null;
    for (const twin of [JSON.stringify(turned(value)), stringify(value, { aliasDuplicateObjects: false })]) {
      const found = changes(alone, await compiled(twin));
      expect(found?.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    }
  }, 60_000);
});
