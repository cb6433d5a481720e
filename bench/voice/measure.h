/* Moments gathered and sorted, and what the kernel says of a process. */
#ifndef MEASURE_H
#define MEASURE_H

typedef struct { double *at; long count, room; } Series;

/* End the program, saying why. */
void fail(const char *why);

/* Monotonic seconds. */
double now(void);

void note(Series *series, double value);

/* -1 when nothing was noted. */
double quantile(Series *series, double share);

/* User and system time of a process so far. */
double cpu_seconds(const char *pid);

/* Its resident memory. */
long kilobytes(const char *pid);

#endif
