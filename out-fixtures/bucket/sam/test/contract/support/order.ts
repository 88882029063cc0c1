import type { Lists } from './list.js';
import { taken } from './subject.js';
import { at as follow, isBefore } from './values.js';

/** Query parameters that order. */
export const orders = ({ subject, list: { orders: all = [] }, test, filled }: Lists): void => {
  for (const { query, property, descending, at } of all) {
    const asked = Object.entries(query).map((pair) => pair.join('=')).join('&') || 'no other order';
    test(`${asked} orders by ${property.slice(1)}`, at, async ({ hold }) => {
      const { ask, items } = await filled(5);
      const reply = await ask(query);
      const values = items(reply).map((item) => follow(item, property));
      const falls = values.findIndex((value, index) => index > 0 && isBefore(value, values[index - 1]));
      const rises = values.findIndex((value, index) => index > 0 && isBefore(values[index - 1], value));
      const wrong = descending === undefined ? (falls > 0 && rises > 0 ? Math.max(falls, rises) : -1) : descending ? rises : falls;
      hold(reply, [...taken(subject, reply, at), ...(wrong > 0 ? [{ message: `${asked} was asked for, and ${JSON.stringify(values[wrong])} came after ${JSON.stringify(values[wrong - 1])}`, at }] : [])]);
    });
  }
};
