import type { ReactNode } from 'react';

/** The few signs the desk uses, drawn here: no icon package, nothing from outside. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const CalendarIcon = () => (
  <Icon>
    <rect x="4" y="5" width="16" height="15" rx="3" />
    <path d="M4 10h16M8 3v4M16 3v4" />
  </Icon>
);
export const ChatIcon = () => (
  <Icon>
    <path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z" />
  </Icon>
);
export const HeartIcon = () => (
  <Icon>
    <path d="M12 20C5 15.500 3 12 3 8.800A4.300 4.300 0 0 1 7.300 4.500c2 0 3.700 1 4.700 2.700 1-1.700 2.700-2.700 4.700-2.700A4.300 4.300 0 0 1 21 8.800C21 12 19 15.500 12 20z" />
  </Icon>
);
export const ReferralIcon = () => (
  <Icon>
    <path d="M4 12h13M12 6l6 6-6 6" />
    <path d="M20 4v16" />
  </Icon>
);
export const StarIcon = () => (
  <Icon>
    <path d="M12 4l2.400 5.200 5.600.700-4.100 3.900 1.100 5.700-5-2.800-5 2.800 1.100-5.700L4 9.900l5.600-.700z" />
  </Icon>
);
export const TrendIcon = () => (
  <Icon>
    <path d="M5 20v-6M12 20V9M19 20V4" />
  </Icon>
);
export const UnsentIcon = () => (
  <Icon>
    <path d="M4 12l16-8-6 17-3-7z" />
    <path d="M3 3l18 18" />
  </Icon>
);
export const GearIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="3" />
    <path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M5.600 18.400l2.100-2.100M16.300 7.700l2.100-2.100" />
  </Icon>
);
export const MoreIcon = () => (
  <Icon>
    <path d="M4 7h16M4 12h16M4 17h16" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="M15 5l-7 7 7 7" />
  </Icon>
);
export const ClipIcon = () => (
  <Icon>
    <path d="M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.400 3.400 0 0 1 5 5l-8.500 8.500a1.700 1.700 0 0 1-2.500-2.500L14.500 8" />
  </Icon>
);
export const BoltIcon = () => (
  <Icon>
    <path d="M13 3L5 14h6l-1 7 8-11h-6z" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M12 4l9 16H3zM12 10v4M12 17v.01" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="M6 9l6 6 6-6" />
  </Icon>
);
export const UpIcon = () => (
  <Icon>
    <path d="M6 15l6-6 6 6" />
  </Icon>
);
