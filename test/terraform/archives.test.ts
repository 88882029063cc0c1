import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileSpec, filesOf } from '../support/compile.js';
import { write } from '../support/generated.js';

interface Entry { readonly name: string; readonly content: Buffer; readonly mode: number; readonly date: readonly [number, number] }

/** Reads an archive by its directory, as an unpacker does (APPNOTE 4.3). */
const entriesOf = (archive: Buffer): Entry[] => {
  const end = archive.length - 22;
  expect(archive.subarray(end, end + 4).toString('latin1')).toBe('PK\x05\x06');
  const entries: Entry[] = [];
  let place = archive.readUInt32LE(end + 16);
  for (let index = 0; index < archive.readUInt16LE(end + 10); index++) {
    expect(archive.subarray(place, place + 4).toString('latin1')).toBe('PK\x01\x02');
    const nameLength = archive.readUInt16LE(place + 28);
    const local = archive.readUInt32LE(place + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(place + 20)));
    expect([content.length, crc32(content)]).toEqual([archive.readUInt32LE(place + 24), archive.readUInt32LE(place + 16)]);
    entries.push({ name: archive.toString('utf8', place + 46, place + 46 + nameLength), content, mode: archive.readUInt32LE(place + 38) >>> 16, date: [archive.readUInt16LE(place + 12), archive.readUInt16LE(place + 14)] });
    place += 46 + nameLength;
  }
  expect(place).toBe(end);
  return entries;
};

describe('the archive of a function', () => {
  let folder: string;
  const build = (): Buffer => {
    rmSync(join(folder, 'build'), { recursive: true, force: true });
    execFileSync(process.execPath, ['generated/build.mjs'], { cwd: folder, stdio: 'pipe' });
    return readFileSync(join(folder, 'build/get-claim.zip'));
  };
  beforeAll(async () => {
    folder = write(filesOf(await compileSpec('claims')));
  });

  it('holds what its folder holds, readable for everyone', () => {
    const entries = entriesOf(build());
    expect(entries.map(({ name }) => name)).toEqual(['index.mjs', 'index.mjs.map']);
    for (const { name, content, mode } of entries) {
      expect(content.equals(readFileSync(join(folder, 'build/get-claim', name)))).toBe(true);
      expect(mode).toBe(0o100644);
    }
  });

  it('has the same bytes whenever it is built, and no date of its own', () => {
    const first = build();
    expect(build().equals(first)).toBe(true);
    expect(entriesOf(first).map(({ date }) => date)).toEqual([[0, 0x21], [0, 0x21]]);
  });
});
