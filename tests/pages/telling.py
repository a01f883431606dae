"""What the text of a page must tell of every figure it holds: of what area, and of when."""

from playwright.sync_api import Page

# The pages about the numbers and about fetching them explain rules with numbers of no place.
WITHOUT_FIGURES = {"om-tallene", "ukendt-dato", "findes-ikke", "aendringer-fejl", "log-ind", "api-docs", "data"}

# A figure is a number with its unit: in a cell, a drawing, or running text. What stands around it must say where and
# when: a cell's table (caption, heads and own row), a drawing's name, a text's nearest section, and the page's lede.
FIGURES_WITHOUT = r"""
wanted => {
  const figure = /\d[\d.,]*\s*%|procentpoint|pct\.point|\bnr\.\s\d/;
  const known = new RegExp(wanted);
  const text = node => node ? (node.textContent + ' ' + (node.getAttribute('aria-label') || '')) : '';
  const lede = text(document.querySelector('main .lede')) + text(document.querySelector('main .eyebrow'));
  const missing = [];
  const check = (element, context) => {
    if (figure.test(text(element)) && !known.test(context)) missing.push(text(element).trim().slice(0, 80));
  };
  for (const cell of document.querySelectorAll('main td')) {
    const table = cell.closest('table');
    check(cell, text(table.caption) + text(table.tHead) + text(cell.parentElement));
  }
  for (const drawing of document.querySelectorAll('main svg[role=img]')) {
    if (!known.test(drawing.getAttribute('aria-label') || '')) missing.push('drawing without a name that says it');
  }
  for (const part of document.querySelectorAll('main .big, main .chip, main p, main li, main dd')) {
    if (!part.closest('table')) check(part, text(part.closest('section')) + lede);
  }
  return missing;
}
"""
# A row of the comparison is a municipality: its name stands under a column head that says so.
AREA = "Viborg|Hele landet|Danmark|[Kk]ommune"
PERIOD = r"20\d\d"


def figures_without(page: Page, wanted: str) -> list[str]:
    return page.evaluate(FIGURES_WITHOUT, wanted)
