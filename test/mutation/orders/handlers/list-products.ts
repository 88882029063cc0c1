import { listProducts } from '../generated/contract/list-products.js';

const products = [
  { productId: 'p-1', name: 'Tea', price: 450, category: 'drinks' }, { productId: 'p-2', name: 'Coffee', price: 650, category: 'drinks' },
  { productId: 'p-3', name: 'Bread', price: 320, category: 'food' }, { productId: 'p-4', name: 'Butter', price: 290, category: 'food' },
];

export const handler = listProducts(async ({ query }) => {
  const page = products.filter(({ category }) => query.category === undefined || category === query.category).slice(0, query.limit);
  return { status: 200, body: page.map(({ productId, name, price }) => ({ productId, name, price })) };
});
