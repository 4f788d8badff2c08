import { PasswordInput } from '@mantine/core';

/** A password, told to the browser's keeper of passwords as the one that is or the one to come. */
export function PasswordField({
  label = 'Kata sandi',
  isNew = false,
  value,
  onChange,
}: {
  label?: string;
  isNew?: boolean;
  value: string;
  onChange: (password: string) => void;
}) {
  return (
    <PasswordInput
      label={label}
      description={
        isNew &&
        'Paling sedikit 10 huruf. Beberapa kata yang mudah diingat lebih kuat daripada satu kata sulit.'
      }
      autoComplete={isNew ? 'new-password' : 'current-password'}
      visibilityToggleButtonProps={{ 'aria-label': `Tampilkan ${label.toLowerCase()}` }}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
