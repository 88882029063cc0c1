/** Single faults of the handlers: [file, what is wrong, the text that is replaced, what takes its place]. The subject is there for what is correct; these show that it is looked at. */
export const handlers = [
  ['list-shelves', 'the search is ignored', 'name.includes(q)', 'true'],
  ['list-items', 'pages begin with one', '(page * size, (page + 1) * size)', '((page - 1) * size, page * size)'],
  ['list-items', 'the direction is ignored', "order === 'desc' ? -1 : 1", '1'],
  ['list-items', 'the total is that of the page', 'total: wanted.length', 'total: Math.min(size, wanted.length)'],
  ['add-item', 'tags are lost', '...(tags ? { tags } : {}), ', ''],
  ['add-item', 'the shelf need not be', "if (!shelf(body.shelfId)) return error(422, 'no such shelf');", ''],
  ['change-item', 'what is left out is emptied', '{ ...before, ...body }', "{ ...before, name: '', amount: 1, ...body }"],
  ['change-item', 'it is not kept', 'keepItem(kept);', ''],
  ['archive-item', 'nothing is put aside', "state: 'archived' as const", 'state: before.state'],
  ['get-shelf', 'what is missing is empty', "error(404, 'no such shelf')", '({ status: 200, body: {} } as never)'],
  ['put-label', 'another colour is kept', 'colour: body.colour', "colour: '#000000'"],
];
export const gateway = [];
export const generated = [];
