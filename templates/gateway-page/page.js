// Shows what the gateway says of itself. Whatever it says is text: nothing of it becomes markup.
const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const row = (...cells) => {
  const made = element('tr');
  for (const cell of cells) made.append(cell instanceof Node ? cell : element('td', String(cell)));
  return made;
};
const fill = (id, rows) => document.getElementById(id).replaceChildren(...rows);
const time = (at) => new Date(at).toISOString().slice(11, 23);
const ms = (value) => value.toFixed(value < 10 ? 2 : 0);

const stepsOf = ({ steps, note }) => {
  const cell = element('td');
  for (const { step, outcome, ms: took } of steps) cell.append(element('span', `${step}: ${outcome} (${ms(took)})`, 'step'));
  if (note) cell.append(element('div', note));
  return cell;
};

const show = ({ title, about, problems, routes, requests, memory, approximations }) => {
  document.title = title;
  document.getElementById('title').textContent = title;
  document.getElementById('about').textContent = about;
  const box = document.getElementById('problems');
  box.textContent = problems;
  box.hidden = problems === '';
  fill('requests', requests.slice(0, 50).map((request) => row(time(request.at), `${request.method} ${request.path}`, element('td', request.status, request.status >= 400 ? 'bad' : ''), ms(request.ms), stepsOf(request))));
  fill('routes', routes.map(({ method, path, operation, callers, backend }) => row(`${method} ${path}`, operation, callers, backend)));
  fill('throttles', Object.entries(memory.throttles).map(([name, { rate, burst, left }]) => row(name, rate, burst, Object.entries(left).map(([who, count]) => `${who}: ${count}`).join(', '))));
  fill('caches', Object.entries(memory.caches).map(([name, { seconds, key, answers, bytes }]) => row(name, seconds, key.join(', '), answers, bytes)));
  fill('verdicts', Object.entries(memory.verdicts).map(([name, { seconds, remembered }]) => row(name, seconds, remembered)));
  fill('approximations', approximations.map((line) => element('li', line)));
};

const showResources = (resources) => fill('resources', Object.entries(resources).map(([name, contents]) => {
  const box = element('details');
  box.append(element('summary', `${name} (${contents.kind})`), element('pre', JSON.stringify(contents, null, 2)));
  return box;
}));

const ask = async (path) => {
  const answer = await fetch(`/_gatewright/${path}`);
  return answer.ok ? answer.json() : undefined;
};

const everyMs = 1000;
const refresh = async () => {
  try {
    show(await ask('state'));
    const opened = [...document.querySelectorAll('#resources details[open] summary')].map(({ textContent }) => textContent);
    showResources(await ask('resources') ?? {});
    for (const box of document.querySelectorAll('#resources details')) box.open = opened.includes(box.querySelector('summary').textContent);
  } catch {
    document.getElementById('about').textContent = 'The gateway does not answer; it may have been stopped.';
  }
  setTimeout(refresh, everyMs);
};
refresh();
