import { Badge, Menu, Modal, createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** The sea off Kupang, for what one may press. */
const laut: MantineColorsTuple = [
  '#e6f5f2',
  '#cfe8e3',
  '#9fd1c8',
  '#6cb9ad',
  '#44a496',
  '#2a9586',
  '#17867a',
  '#0f6f66',
  '#0b5c55',
  '#064842',
];
/** Brick, for danger and what did not arrive. */
const bata: MantineColorsTuple = [
  '#fdf0eb',
  '#f8dcd1',
  '#f0b8a3',
  '#e79173',
  '#de6f4a',
  '#d35a33',
  '#bf4a26',
  '#a63d1d',
  '#8b3117',
  '#6e2510',
];
/** Ripe corn, for what waits. */
const jagung: MantineColorsTuple = [
  '#fdf6e3',
  '#f9eac2',
  '#f2d589',
  '#eabf4f',
  '#e3ac26',
  '#c9930f',
  '#a87909',
  '#8a6207',
  '#6d4d06',
  '#523a05',
];

/** Greys of paper and wet stone; Mantine's own lean to blue. */
const gray: MantineColorsTuple = [
  '#faf6ee',
  '#f1eadd',
  '#e6dccb',
  '#d8ccb8',
  '#c3b7a3',
  '#a59b8a',
  '#7e776a',
  '#5f5a51',
  '#423f39',
  '#2a2825',
];
const dark: MantineColorsTuple = [
  '#e6ece9',
  '#c4d0cc',
  '#a5b3b0',
  '#7c8c88',
  '#465a57',
  '#364846',
  '#283a38',
  '#1b2928',
  '#14201f',
  '#0f1918',
];

export const theme = createTheme({
  primaryColor: 'laut',
  primaryShade: 7,
  colors: { laut, bata, jagung, gray, dark },
  fontFamily:
    "'Seravek', 'Gill Sans Nova', Ubuntu, Calibri, 'DejaVu Sans', 'Segoe UI', system-ui, sans-serif",
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 600 } }),
    // Its place for the first focus is no item of a menu, and screen readers are told of nothing else in one.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Tutup' } } }),
  },
});

/** Sand by day, deep water by night; everything else takes its greys from these. */
export const paper: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-error': '#a63d1d',
    '--mantine-color-body': '#fffdf9',
    '--mantine-color-text': '#23302e',
    '--mantine-color-dimmed': '#5c6a67',
    '--mantine-color-default-border': '#e2d8c7',
    '--mantine-color-default': '#fffdf9',
    '--mantine-color-default-hover': '#f7f0e4',
    '--mantine-color-placeholder': '#6f7b78',
    '--sand': '#f7f2e9',
    '--sand-deep': '#efe6d7',
    '--line': '#e2d8c7',
    '--mine': '#d9efea',
    '--theirs': '#fffdf9',
    '--note': '#fbf0cf',
    '--red-ink': '#a63d1d',
    '--red-paper': '#fdeee8',
    '--wait-ink': '#7a5606',
    '--wait-paper': '#fbf1d6',
    '--sea-ink': '#0b5c55',
    '--sea-paper': '#e0f1ee',
  },
  dark: {
    '--mantine-color-error': '#f3a78d',
    '--mantine-color-laut-light': '#17433e',
    '--mantine-color-laut-light-hover': '#1c504a',
    '--mantine-color-laut-light-color': '#a9e0d6',
    '--mantine-color-jagung-light': '#3a3116',
    '--mantine-color-jagung-light-color': '#f2d589',
    '--mantine-color-bata-light': '#42231a',
    '--mantine-color-bata-light-hover': '#522c21',
    '--mantine-color-bata-light-color': '#f3a78d',
    '--mantine-color-gray-light': '#2b3c3a',
    '--mantine-color-gray-light-color': '#c4d0cc',
    '--mantine-color-body': '#1b2928',
    '--mantine-color-text': '#e6ece9',
    '--mantine-color-dimmed': '#a5b3b0',
    '--mantine-color-default-border': '#344644',
    '--mantine-color-default': '#21312f',
    '--mantine-color-default-hover': '#283a38',
    '--mantine-color-placeholder': '#94a39f',
    '--sand': '#14201f',
    '--sand-deep': '#101a19',
    '--line': '#304240',
    '--mine': '#17433e',
    '--theirs': '#243533',
    '--note': '#453a17',
    '--red-ink': '#f3a78d',
    '--red-paper': '#42231a',
    '--wait-ink': '#f2d589',
    '--wait-paper': '#3a3116',
    '--sea-ink': '#8ed4c9',
    '--sea-paper': '#173733',
  },
});
