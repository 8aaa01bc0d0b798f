// Search and sorting of the page's tables. Without it the page is complete and shows every row.
(() => {
  'use strict';
  const tools = document.getElementById('tools');
  if (!tools) {
    return;
  }

  const search = document.getElementById('search');
  const action = document.getElementById('action');
  const found = document.getElementById('found');
  const rows = Array.from(document.querySelectorAll('tbody tr'));
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const count = new Intl.NumberFormat();
  let texts = null;
  let waiting = 0;

  // Accents, letter case and the width of letters do not matter to somebody who looks for a name.
  const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  const filter = () => {
    texts ??= rows.map(row => fold(row.textContent));
    const words = fold(search.value).split(/\s+/).filter(word => word);
    let shown = 0;
    rows.forEach((row, index) => {
      const matches = (!action.value || row.dataset.action === action.value) && words.every(word => texts[index].includes(word));
      row.hidden = !matches;
      shown += matches ? 1 : 0;
    });
    found.textContent = shown === rows.length ? '' : `${count.format(shown)} of ${count.format(rows.length)} rows`;
  };

  const key = cell => cell.dataset.sort ?? cell.textContent.trim();

  const sort = heading => {
    const table = heading.closest('table');
    const column = heading.cellIndex;
    const direction = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    const sign = direction === 'ascending' ? 1 : -1;
    table.querySelectorAll('thead th[aria-sort]').forEach(other => {
      other.setAttribute('aria-sort', other === heading ? direction : 'none');
    });
    const keyed = Array.from(table.tBodies[0].rows, row => ({ row, key: key(row.cells[column]) }));
    keyed.sort((left, right) => sign * collator.compare(left.key, right.key));
    const sorted = document.createDocumentFragment();
    keyed.forEach(item => sorted.append(item.row));
    table.tBodies[0].append(sorted);
  };

  // A long plan is filtered when the typing pauses, not with every letter.
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, rows.length > 2000 ? 200 : 0);
  };

  document.querySelectorAll('thead th[aria-sort]').forEach(heading => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
  });
  document.addEventListener('click', event => {
    const button = event.target.closest('thead th button');
    if (button) {
      sort(button.parentElement);
    }
  });
  const long = Array.from(document.querySelectorAll('.long'));
  document.getElementById('whole')?.addEventListener('change', event => {
    long.forEach(table => table.classList.toggle('long', !event.target.checked));
  });
  search.addEventListener('input', later);
  action.addEventListener('change', filter);
  document.documentElement.classList.add('ready');
  tools.hidden = false;
})();
