import { describe, expect, it } from 'vitest';
import { patternJudge } from '../../src/lint/backtracking.js';

/** For one pattern: all of a document share what may be looked at. */
const judge = (pattern: string): boolean | undefined => patternJudge()(pattern);

describe('patterns whose time doubles with a few characters more', () => {
  it.each([
    '^(a+)+$', '^(a*)*$', '^(a|a)*$', '^(a|aa)+$', '^(a{3}|a{5})+$', '^(ab|abab)+$', '^(?:a|b|ab)+c$', '^((a?){3})*$', '^(x{0,1024})*$', '^([a-z]{1,63}\\.?)+$',
    '^([a-z0-9]+-?)+$', '^(\\d+|\\d+\\.\\d+)+$', '^\\s*(\\w+\\s*)*$', '^([/\\w .-]*)*\\/?$', '^(?=(a|aa)+b)a', '^(?!(a|aa)+b)a', '^([\\w-.]+-?)+\\-$', '^(\\p{L}|\\p{Lu}\\p{Ll})+$',
  ])('%s', (pattern) => {
    expect(judge(pattern)).toBe(true);
  });
});

describe('patterns that need no such time', () => {
  it.each([
    '^[a-z0-9]+(-[a-z0-9]+)*$', '^([a-z]+\\.)*[a-z]+$', '^(a{3}b|a{5}c)+$', '^[a-z]{1,63}(\\.[a-z]{1,63})*$', '^(.*,){5}x$', '^(x{0,1024}y)*$', '^(a|b)*$', '^(ab?)*$', '^(a|ba)*$',
    '^(?:[A-Z]{2}|[a-z]{3})+$', '^(\\p{Lu}|\\p{Ll})+$', '(a|aa)+', '^(a|aa)+', '^(\\w+\\s)*$', '[', '^(?:(a)\\1)*$',
  ])('%s', (pattern) => {
    expect(judge(pattern)).toBe(false);
  });
});

describe('what is too much to look at', () => {
  it('is not known', () => {
    expect(judge(`^(?:${'(?:a|[ab]c)?'.repeat(500)}x)*$`)).toBeUndefined();
  });
  it('is not known of further patterns either, once a document has had its share', () => {
    const together = patternJudge();
    const verdicts = Array.from({ length: 12 }, (_, index) => together(`^(?:[a-z]{0,900}[a-z]{${index + 1}}-)*$`));
    expect(verdicts[0]).not.toBe(true);
    expect([verdicts.at(-1), together('^(a|aa)+$')]).toEqual([undefined, undefined]);
  });
});

/** The judge beside a matcher that tries all ways, as engines do, and counts how often it looks at a letter. */
describe('agrees with a matcher that tries all ways', () => {
  class Endless extends Error {}
  const most = 20_000;
  const waysOf = (pattern: string, letters: readonly string[]): number => {
    // A matcher that tries all ways and counts what it tries, of patterns of letters, groups, `|`, `*`, `+`, `?` and the end.
    let tried = 0;
    type Node = (at: number, then: (at: number) => boolean) => boolean;
    let place = 0;
    const text = letters.join('');
    const either = (): Node => {
      const all = [inTurn()];
      while (pattern[place] === '|') { place += 1; all.push(inTurn()); }
      return (at, then) => all.some((one) => one(at, then));
    };
    const inTurn = (): Node => {
      const all: Node[] = [];
      while (place < pattern.length && pattern[place] !== '|' && pattern[place] !== ')') all.push(one());
      return all.reduceRight<Node>((rest, node) => (at, then) => node(at, (next) => rest(next, then)), (at, then) => then(at));
    };
    const one = (): Node => {
      let node: Node;
      if (pattern[place] === '(') {
        place += 1;
        node = either();
      } else {
        const letter = pattern[place];
        node = (at, then) => { tried += 1; if (tried > most) throw new Endless(); return text[at] === letter && then(at + 1); };
      }
      place += 1;
      for (; '*+?'.includes(pattern[place] ?? '-'); place += 1) {
        const [inner, sign] = [node, pattern[place]];
        const again: Node = (at, then) => inner(at, (next) => next > at && again(next, then)) || then(at);
        node = sign === '?' ? (at, then) => inner(at, then) || then(at) : sign === '*' ? again : (at, then) => inner(at, (next) => (next > at ? again(next, then) : then(next)));
      }
      return node;
    };
    const whole = either();
    try {
      whole(0, (at) => at === text.length);
    } catch (error) {
      if (!(error instanceof Endless)) throw error;
    }
    return tried;
  };

  it('on patterns by chance', () => {
    let seed = 7;
    const chance = (most: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 16) % most;
    };
    const make = (depth: number): string => {
      const part = (): string => (depth === 0 || chance(2) === 0 ? 'ab'[chance(2)] as string : `(${make(depth - 1)})`) + ['', '', '*', '+', '?'][chance(5)];
      return Array.from({ length: 1 + chance(2) }, () => Array.from({ length: 1 + chance(2) }, part).join('')).join('|');
    };
    const wrong: string[] = [];
    let slow = 0;
    for (let round = 0; round < 400; round++) {
      const pattern = `(${make(2)})+`;
      const verdict = judge(`^${pattern}$`);
      // The worst of some texts that end in what nothing matches, of two lengths: what doubles with each few letters grows beyond any power.
      const grown = ['a', 'b', 'ab', 'ba', 'aab', 'abb', 'aabb', 'abab'].some((word) => {
        const [short, long] = [8, 14].map((length) => waysOf(pattern, [...word.repeat(length).slice(0, length), '!']));
        return (long ?? 0) > most || (long ?? 0) / (short ?? 1) > 20;
      });
      if (grown) slow += 1;
      if (grown && verdict !== true) wrong.push(`${pattern} is slow, and not said to be`);
    }
    expect(wrong).toEqual([]);
    expect(slow).toBeGreaterThan(20);
  });
});
