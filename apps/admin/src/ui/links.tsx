import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type LinkAttributes = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps | keyof ButtonProps> & {
  ref?: Ref<HTMLAnchorElement>;
};

/** The kit's link and button, made to navigate inside the application, with routes and parameters checked by the compiler. */
export const LinkAnchor = createLink((props: AnchorProps & LinkAttributes) => <Anchor {...props} />);
export const LinkButton = createLink((props: ButtonProps & LinkAttributes) => <Button component="a" {...props} />);
