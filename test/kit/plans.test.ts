import { describe, expect, it } from 'vitest';
import { printed, printedPlan } from '../../generators/contract-tests/print.js';

const evaluate = (code: string): unknown => new Function(`"use strict"; return (${code.replaceAll('Array<Json>(', 'Array(')});`)() as unknown;

describe('plans of contract tests as code', () => {
  it.each([
    ['a text of the same letters', 'x'.repeat(501), "'x'.repeat(501)"],
    ['a text that ends with them', `ab${'🎉'.repeat(40)}`, "'ab' + '🎉'.repeat(40)"],
    ['a list of the same', Array(9).fill({ a: 'b' }), "Array<Json>(9).fill({ a: 'b' })"],
    ['what fits on a line', { a: [1, undefined, 'c'], b: undefined }, "{ a: [1, undefined, 'c'] }"],
    ['what does not', { a: ['d'.repeat(20) + 'e', ...'fghij'].map((end) => `${'k'.repeat(20)}${end}`) }, undefined],
  ])('%s', (_, value, code) => {
    const text = String(printed(value));
    if (code !== undefined) expect(text).toBe(code);
    expect(evaluate(text)).toEqual(value);
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('writes cases one to a line, and a property of the same name as it is', () => {
    const plan = { faults: [['body#/a', 'type string', 1], ['body#/b', 'required', undefined]], given: { body: { edges: [1, { node: 2 }], faults: 'none' } } };
    const text = String(printedPlan(plan));
    expect(text).toBe("{\n  faults: [\n    ['body#/a', 'type string', 1],\n    ['body#/b', 'required', undefined],\n  ],\n  given: { body: { edges: [1, { node: 2 }], faults: 'none' } },\n}");
    expect(evaluate(text)).toEqual(plan);
  });
});
