import type { Echo, Json } from './plan.js';

/** What is promised of a list beside its pages. */
export interface ListPlan {
  /** The call that makes what is listed. */
  readonly maker?: string;
  /** Where nothing else reads what is made: pointers to what names it, in the answer of the call that makes it and in an item, and to what was written. */
  readonly made?: { readonly id: string; readonly item: string; readonly echoes: readonly Echo[] };
  /** Query parameters that select by a property of the items. */
  readonly filters: readonly FilterPlan[];
  /** Query parameters that bound a property of the items. */
  readonly ranges?: readonly RangePlan[];
  /** What the items may be ordered by. */
  readonly orders?: readonly OrderPlan[];
}

/** A list in an answer, and how one goes through it, by query parameters. */
export interface PagesPlan {
  /** Pointer to the list. */
  readonly items: string;
  /** Pointer to what an item is called by; where there is none, it is known by all that it has. */
  readonly id?: string;
  /** There may be others than those that come: what selects must be asked for, or stands for something where it is left out. */
  readonly part?: true;
  /** How many come at once: the usual number, and the largest. */
  readonly limit?: { readonly name: string; readonly default?: number; readonly most?: number; readonly at: string };
  /** How many are passed over. */
  readonly offset?: { readonly name: string; readonly at: string };
  /** Which page it is; `first`: the number of the first one, where the document tells it. */
  readonly page?: { readonly name: string; readonly first?: number; readonly at: string };
  /** Where the next page begins: a pointer to what the answer says of that. */
  readonly cursor?: { readonly name: string; readonly next: string; readonly at: string };
  /** Where the answer says how many there are in all: a pointer, or a header. */
  readonly total?: string;
  /** Where the answer says how many there are, in all or of those that came: pointers. */
  readonly counts?: readonly string[];
  /** Where the answer says whether there are more: a pointer. */
  readonly more?: string;
}

/** A query parameter that bounds a property of the items from one side. */
export interface RangePlan {
  readonly name: string;
  readonly property: string;
  readonly side: 'least' | 'most';
  /** Whether the bound itself is within. */
  readonly inclusive: boolean;
  readonly at: string;
}

/** Values of query parameters by which the items come in an order; `descending` is absent where either would do. */
export interface OrderPlan {
  readonly query: { readonly [name: string]: string };
  readonly property: string;
  readonly descending?: boolean;
  readonly at: string;
}

/** A query parameter that selects items. */
export interface FilterPlan {
  readonly name: string;
  /** Pointer to what of an item it is held against: a value, or a list that is to have it. Absent where the two are of different kinds. */
  readonly property?: string;
  readonly values: readonly Json[];
  /** Whether a part of the property is enough: any text may be asked for. */
  readonly loose?: true;
  /** A value that no item has. */
  readonly nobody?: Json;
  readonly at: string;
}
