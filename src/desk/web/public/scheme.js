// Before the first paint, so that a dark room is never lit by a white page. Its own file: inline scripts are barred.
document.documentElement.setAttribute(
  'data-mantine-color-scheme',
  matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
);
