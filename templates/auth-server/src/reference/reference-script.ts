/** Filters by words and opens what an address names. Its hash is in the page's policy. */
export const REFERENCE_SCRIPT = `
'use strict';
const search = document.getElementById('search');
search.closest('p').hidden = false;
const operations = [...document.querySelectorAll('.operation')];
const texts = new Map(operations.map((one) => [one, (one.querySelector('summary').textContent + ' ' + one.querySelector('.facts').textContent).toLowerCase()]));
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const one of operations) one.hidden = !words.every((word) => texts.get(one).includes(word));
  for (const group of document.querySelectorAll('.group')) {
    group.hidden = !group.querySelector('.operation:not([hidden])');
  }
  document.getElementById('none').hidden = operations.some((one) => !one.hidden);
}
function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && named.matches('.operation')) {
    named.open = true;
    named.scrollIntoView();
  }
}
search.addEventListener('input', filter);
addEventListener('hashchange', openNamed);
openNamed();
`
