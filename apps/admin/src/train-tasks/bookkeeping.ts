/** Where the values of an imported file are kept as they stood there. Nobody sets it, so nobody is shown it; a clone takes it along. */
export const ORIGINAL = '$original';
