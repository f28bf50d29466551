/** The number of the first program that somebody starts. Those below are the guest's own: nobody asks how they ended. */
export const firstPid = 1001;
