import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './icon-button.tsx';
import { TextInput, type TextInputProps } from './text-input.tsx';

export type PasswordInputProps = Omit<TextInputProps, 'type' | 'after' | 'autoComplete'> & {
  /** `new` where one is chosen, so that password managers offer to make it. */
  kind: 'current' | 'new';
};

export function PasswordInput({ kind, ...rest }: PasswordInputProps) {
  const text = useTranslations('ui');
  const [shown, setShown] = useState(false);
  return (
    <TextInput
      {...rest}
      type={shown ? 'text' : 'password'}
      autoComplete={`${kind}-password`}
      spellCheck={false}
      autoCapitalize="none"
      after={
        <IconButton
          size="small"
          icon={shown ? IconEyeOff : IconEye}
          label={shown ? text('password.hide') : text('password.show')}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
