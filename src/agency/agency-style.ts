/** The colours, the band and the type of the web chat (bots/web/page/style.css), for a page without a script. */
export const agencyStyle = `
:root {
  --sand: #f6f1e7; --paper: #fffdf8; --line: #e2d8c4; --ink: #1f2937; --soft: #5b6470;
  --teal: #0f766e; --teal-deep: #0b5d57; --teal-pale: #dfeeea; --on-teal: #fff;
  --clay: #a2451f; --clay-pale: #f7e6da;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :root {
    --sand: #132321; --paper: #1c302d; --line: #34504b; --ink: #ece6d8; --soft: #a9b8b2;
    --teal: #5cc7ba; --teal-deep: #7fd8cd; --teal-pale: #1f3f3b; --on-teal: #0c1f1d;
    --clay: #eea27c; --clay-pale: #3a2a22;
    color-scheme: dark;
  }
}
* { box-sizing: border-box; }
html, body { margin: 0; }
body {
  min-height: 100vh; background: var(--sand); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  -webkit-text-size-adjust: 100%;
}
h1, h2, p, ul, dl, dd, pre { margin: 0; padding: 0; }
:focus-visible { outline: 3px solid var(--teal); outline-offset: 2px; }
.bar { padding: 12px max(16px, (100% - 720px) / 2); background: var(--paper); line-height: 1.3; }
.bar strong { display: block; font-size: 1.0625rem; letter-spacing: -0.01em; }
.bar span { font-size: 0.8125rem; color: var(--soft); }
.weave { height: 10px; background: url('/rujukan/-/weave.svg') repeat-x center / 40px 10px; }
main { display: flex; flex-direction: column; gap: 20px; max-width: 752px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 1.5rem; line-height: 1.2; letter-spacing: -0.02em; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.3; }
.lead { color: var(--soft); }
.card { display: flex; flex-direction: column; gap: 12px; padding: 20px; border: 1px solid var(--line); border-radius: 16px; background: var(--paper); }
.packet { overflow-wrap: anywhere; white-space: pre-wrap; font: inherit; }
.clocks { display: grid; grid-template-columns: 1fr auto; gap: 6px 16px; }
.clocks dd { text-align: right; font-weight: 600; }
.clocks .late { color: var(--clay); }
.clocks .met { color: var(--teal); }
.files { display: flex; flex-direction: column; gap: 8px; list-style: none; }
.files a { display: inline-flex; align-items: center; min-height: 44px; color: var(--teal-deep); font-weight: 600; }
form { display: flex; flex-direction: column; gap: 12px; }
label { font-weight: 600; }
label small { display: block; font-size: 0.875rem; font-weight: 400; color: var(--soft); }
textarea, input, select {
  width: 100%; min-height: 44px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 12px;
  background: var(--sand); color: inherit; font: inherit;
}
textarea { min-height: 132px; resize: vertical; }
input[type='date'] { max-width: 240px; }
button {
  min-height: 48px; padding: 10px 20px; border: 1px solid var(--teal); border-radius: 24px;
  background: transparent; color: var(--teal-deep); font: inherit; font-weight: 700; cursor: pointer;
}
button.solid { background: var(--teal); color: var(--on-teal); }
.row { display: flex; flex-wrap: wrap; gap: 12px; }
.note { padding: 12px 16px; border-radius: 12px; background: var(--teal-pale); }
.note.bad { background: var(--clay-pale); }
summary { min-height: 44px; padding: 10px 0; color: var(--clay); font-weight: 600; cursor: pointer; }
details.card { display: block; padding-block: 8px; }
details form { padding: 8px 0 12px; }
.said { padding-left: 12px; border-left: 3px solid var(--teal); }
.said span { overflow-wrap: anywhere; white-space: pre-wrap; }
.said time { display: block; font-size: 0.8125rem; color: var(--soft); }
footer { font-size: 0.875rem; color: var(--soft); }
@media (max-width: 480px) {
  .row button { width: 100%; }
  .card { padding: 16px; }
  .clocks { grid-template-columns: 1fr; gap: 0; }
  .clocks dd { margin-bottom: 8px; text-align: start; }
}
@media (hover: hover) { button:hover { background: var(--teal-pale); } button.solid:hover { background: var(--teal-deep); } }
@media print { form, details, .weave { display: none; } }
`;

/** A band as on the woven cloth of Timor; the same as on the web chat. */
export const weave =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10" viewBox="0 0 40 10"><rect width="40" height="10" fill="#0f766e"/><path d="M0 5l5-5 5 5-5 5zM20 5l5-5 5 5-5 5z" fill="#e9b872"/><path d="M2.5 5L5 2.5 7.5 5 5 7.5zM22.5 5L25 2.5 27.5 5 25 7.5z" fill="#a2451f"/><path d="M10 5l5-2 5 2-5 2zM30 5l5-2 5 2-5 2z" fill="#f6f1e7"/></svg>';
